#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace assay::json {

/// One step through bytes that should be UTF-8.
struct Decoded {
  char32_t code_point = 0xFFFD;  ///< U+FFFD when the bytes are not UTF-8
  unsigned length = 1;           ///< bytes consumed, at least 1; for bad bytes the longest beginning of a character
  bool valid = false;
};

/// The character at `at` (which must lie inside the text). Bad bytes become U+FFFD one "maximal subpart" at a time, as
/// the WHATWG decoder and therefore JavaScript does. Encoded surrogates and overlong forms are bad.
Decoded decode_utf8(std::string_view text, std::size_t at);

/// The first place from `at` on where a byte above 0x7F stands, or the end.
std::size_t skip_ascii(std::string_view text, std::size_t at);

/// Where the first byte stands that is not UTF-8, or npos. NUL is a character like any other.
std::size_t find_bad_utf8(std::string_view text);

/// Appends a character as UTF-8. Surrogates are written as their three bytes, which is not valid UTF-8.
void append_utf8(std::string& out, char32_t code_point);

/// The longest beginning of the text of at most `max_bytes` that does not cut a character in two.
std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes);

}  // namespace assay::json
