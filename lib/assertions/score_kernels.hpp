#pragma once
#include "assertions/build.hpp"

namespace assay::assertions {

/// Makers of the types that compare the text with a reference by a score or a distance.
Result<Made, std::string> make_levenshtein(const Build& build);
Result<Made, std::string> make_levenshtein_ratio(const Build& build);
Result<Made, std::string> make_jaro_winkler(const Build& build);
Result<Made, std::string> make_rouge_n(const Build& build);
Result<Made, std::string> make_rouge_l(const Build& build);
Result<Made, std::string> make_bleu(const Build& build);
Result<Made, std::string> make_gleu(const Build& build);
Result<Made, std::string> make_meteor(const Build& build);
Result<Made, std::string> make_chrf(const Build& build);
Result<Made, std::string> make_token_f1(const Build& build);
Result<Made, std::string> make_exact_match(const Build& build);
Result<Made, std::string> make_list_overlap(const Build& build);
Result<Made, std::string> make_numeric(const Build& build);

}  // namespace assay::assertions
