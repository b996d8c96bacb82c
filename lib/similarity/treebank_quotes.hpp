#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace assay::similarity {

/// Writes each " and '' and `` as an opening `` or a closing '' with a space on each side. Whether one opens depends
/// on what stands before it, and on whether one is open. For a text whose white space is single spaces.
std::string directed_quotes(std::string_view text);

/// The character that ends before `at` (which is not 0).
char32_t previous_character(std::string_view text, std::size_t at);

}  // namespace assay::similarity
