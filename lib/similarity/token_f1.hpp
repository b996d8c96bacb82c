#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace assay::similarity {

/// Answers compared as the SQuAD evaluation does (P. Rajpurkar and others, 2016): lower case, no ASCII punctuation, no
/// articles (a, an, the), words at white space. Linear in the texts.

/// The words that are left.
std::vector<std::string> squad_words(std::string_view text);

/// Whether the same words are left in the same order.
bool squad_equal(std::string_view candidate, std::string_view reference);

/// F1 of the words as bags. When one side has none: 1 if neither has, else 0 (SQuAD 2.0).
double token_f1(std::string_view candidate, std::string_view reference);

}  // namespace assay::similarity
