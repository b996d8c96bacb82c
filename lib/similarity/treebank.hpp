#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace assay::similarity {

/// A lower-case text as tokens by the rules of the Penn Treebank (R. MacIntyre's tokenizer of 1995), with the exact
/// choices of js-rouge 3.2.3, which promptfoo's rouge-n counts with: directed quotation marks become `` and '',
/// punctuation stands alone but for the points of abbreviations, "don't" is "do n't", "cannot" is "can not". The whole
/// text is taken as one sentence: only a point at its very end stands alone. Linear in the text's length.
std::vector<std::string> treebank_tokens(std::string_view lower);

}  // namespace assay::similarity
