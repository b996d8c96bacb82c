#pragma once
#include <string>
#include <string_view>

namespace assay::text {

/// JavaScript's own form of a text, for work that counts or cuts code units.

/// UTF-16 of any bytes: what is not UTF-8 becomes U+FFFD, a surrogate's three bytes become that surrogate.
std::u16string to_utf16(std::string_view text);
/// The reverse: a pair becomes one character, a lone surrogate its three bytes.
std::string to_utf8(std::u16string_view units);

/// `toLowerCase()` and `toUpperCase()`: full Unicode mapping, no language. The text is shorter than 512 Mi units.
std::u16string to_lower_case(std::u16string_view units);
std::u16string to_upper_case(std::u16string_view units);

}  // namespace assay::text
