#pragma once
#include <string>
#include <string_view>

namespace assay::loose {

/// The text of a scalar from what stands between its quotes, or of a plain one: line breaks fold into one space or,
/// when several, into one fewer; '' and escapes are resolved. What is handed in was read without a fault.
std::string plain_text(std::string_view raw);
std::string single_quoted_text(std::string_view raw);
std::string double_quoted_text(std::string_view raw);

/// How many hex digits follow \x, \u, \U; 0 for every other letter.
int hex_digits_after(char letter);
/// Whether \letter stands for one character.
bool is_simple_escape(char letter);

/// Whether YAML lets a plain scalar hold it: no control characters, no half of a pair, not U+FFFE or U+FFFF.
bool is_printable(std::string_view text);

}  // namespace assay::loose
