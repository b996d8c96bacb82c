#pragma once
#include "assertions/build.hpp"

namespace assay::assertions {

/// Makers of the types that ask what kind of answer it is, or which part of it is the answer.
Result<Made, std::string> make_word_count(const Build& build);
Result<Made, std::string> make_is_refusal(const Build& build);
Result<Made, std::string> make_multiple_choice(const Build& build);

/// The kernel's finding is the part of the answer that its members judge.
Result<Made, std::string> make_extract(const Build& build);

}  // namespace assay::assertions
