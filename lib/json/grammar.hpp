#pragma once
#include <string_view>

namespace assay::json {

/// Whether JavaScript's JSON.parse would take the text: strict RFC 8259, any value at the top, any depth, any size of
/// number, lone surrogate escapes; no byte order mark, no other white space than space, tab, LF and CR. Bytes that are
/// not UTF-8 count as U+FFFD: fine inside a string, an error elsewhere. One pass, one bit of memory for each open
/// bracket.
bool is_json(std::string_view text);

}  // namespace assay::json
