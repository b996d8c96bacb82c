#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace assay::text {

/// JavaScript's view of text that is held as bytes. A string there is UTF-16 code units; here it is UTF-8 in which a
/// lone surrogate (it came as an escape in JSON) stands as its three bytes. `well_formed` brings any bytes into that
/// form.

/// Bytes with everything that is not UTF-8 replaced by U+FFFD, as a TextDecoder does it; lone surrogates stay.
std::string well_formed(std::string_view bytes);
/// Whether well_formed() would change nothing and no lone surrogate is there.
bool is_well_formed(std::string_view bytes);

/// Whether every character is below U+0080; then it is well formed, as long as its bytes, and its own regex subject.
bool is_ascii(std::string_view bytes);

/// `length` of a well-formed text: UTF-16 code units.
std::size_t utf16_length(std::string_view text);

/// `trim()`: WhiteSpace and LineTerminator at both ends (U+FEFF and U+00A0 are, U+200B and U+0085 are not).
std::string_view trim(std::string_view text);
std::string_view trim_start(std::string_view text);
std::string_view trim_end(std::string_view text);

/// `toLowerCase()` of a well-formed text: full Unicode mapping, no language; final sigma, U+0130 to two characters.
std::string to_lower_case(std::string_view text);

/// Where a text occurs in another, or npos. Time grows with the sum of the lengths, not with their product.
std::size_t find(std::string_view text, std::string_view needle);

}  // namespace assay::text
