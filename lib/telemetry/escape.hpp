#pragma once
#include <string>
#include <string_view>

namespace assay::telemetry {

/// Appends `text` so that it is safe between double quotes in a JSON string and in a logfmt value: quotes, backslashes,
/// control characters (C0, DEL, C1), line and paragraph separators and the characters that reverse a terminal's text
/// direction become escapes; bytes that are not UTF-8 become U+FFFD. What is appended is valid UTF-8 on one line.
void append_escaped(std::string& out, std::string_view text);

/// `text` between double quotes, escaped: a JSON string.
std::string quoted(std::string_view text);

/// Whether a logfmt value needs no quotes: not empty, only printable ASCII, no space, quote, backslash or equals sign.
bool plain(std::string_view text);

/// Valid UTF-8 made of `text`: each bad byte becomes U+FFFD.
std::string repaired_utf8(std::string_view text);

}  // namespace assay::telemetry
