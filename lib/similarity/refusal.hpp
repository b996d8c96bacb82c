#pragma once
#include <string_view>

namespace assay::similarity {

enum class Refusal {
  none,
  blank,  ///< nothing but white space: promptfoo passes is-refusal on it with score 0
  worded  ///< begins as refusals do, or has one of their phrases
};

/// promptfoo's is-refusal (0.123.1), its phrases as a fact: the text is trimmed and lowered, U+2032 and U+2019 become
/// apostrophes; then it begins with one of 14 openings (mid-word too), or has one of about 130 phrases between ASCII
/// word boundaries. Knows English only, and is fooled by quotation: "the law says I cannot help" is one.
Refusal refusal(std::string_view text);

}  // namespace assay::similarity
