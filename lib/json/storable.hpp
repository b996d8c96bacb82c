#pragma once
#include <string>
#include <string_view>

namespace assay::json {

/// Text as a Postgres `text` or `jsonb` value can hold it.
struct Storable {
  std::string text;
  bool escaped = false;  ///< the text is the visible form below, not the original
};

/// Text without NUL that is valid UTF-8 is returned as it is, with `escaped` false, whatever backslashes it holds.
/// Any other is rewritten: each NUL and each byte that is not part of a character becomes \xHH (two lower-case hex
/// digits), each backslash becomes two, all else stays; `escaped` is then true and must be stored beside the text.
Storable storable_text(std::string_view bytes);
Storable storable_text(std::string&& bytes);  ///< moved, not copied, where it needs no escape

/// The original bytes of a text whose `escaped` flag is true. Of a text that storable_text() did not write, backslashes
/// that begin no known form are kept.
std::string restore_text(std::string_view escaped_text);

}  // namespace assay::json
