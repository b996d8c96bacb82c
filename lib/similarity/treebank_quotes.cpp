#include "similarity/treebank_quotes.hpp"

#include <algorithm>

#include "text/surrogate.hpp"
#include "text/unicode.hpp"

namespace assay::similarity {
namespace {

/// Where the character begins that ends before `at`.
std::size_t start_before(std::string_view text, std::size_t at) {
  std::size_t start = at - 1;
  while (start > 0 && at - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0u) == 0x80u) --start;
  return start;
}

/// A quotation mark at `at`: its length, or 0.
std::size_t quote_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("``") || rest.starts_with("''")) return 2;
  return rest.starts_with('"') ? 1 : 0;
}

std::size_t next_quote(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const bool possible = text[at] == '"' || text[at] == '\'' || text[at] == '`';
    if (possible && quote_at(text, at) > 0) break;
    ++at;
  }
  return at;
}

/// A superscript letter (and digits before it) after a closed sentence is a footnote's mark: `said."ᵃ "and`.
bool follows_footnote(std::string_view text, std::size_t at) {
  const char32_t mark = previous_character(text, at);
  if (!text::is_modifier_letter(mark) || !text::has_compatibility_form(mark)) return false;
  std::size_t start = start_before(text, at);
  while (start > 0 && text::is_number(previous_character(text, start))) start = start_before(text, start);
  if (start == 0) return false;
  const char32_t closing = previous_character(text, start);
  if (closing != '"' && closing != '\'' && closing != 0x201D && closing != 0x2019) return false;
  const std::size_t closing_start = start_before(text, start);
  if (closing_start == 0) return false;
  const char32_t end = previous_character(text, closing_start);
  return end == '.' || end == '!' || end == '?';
}

/// Characters above U+FFFF do not count here: the original looks at one code unit.
bool follows_opening(char32_t before) {
  return before <= 0xFFFF && (before == ' ' || before == '<' || text::is_opening_punctuation(before));
}

bool may_open_after(std::string_view text, std::size_t at) {
  const char32_t before = previous_character(text, at);
  const bool open = before <= 0xFFFF && (before == ' ' || before == '<' || text::is_punctuation(before));
  return open || (at >= 2 && text.substr(at - 2, 2) == "``") || follows_footnote(text, at);
}

/// Two apostrophes open only before a word, and when the next quotation mark is again two apostrophes.
bool apostrophes_open(std::string_view text, std::size_t at) {
  if (at == 0 || at + 2 >= text.size()) return false;
  const char32_t after = text::next_character(text, at + 2).code_point;
  const bool word = text::is_letter(after) || text::is_number(after) || text::is_currency_symbol(after) ||
                    text::is_opening_punctuation(after);
  return word && text.substr(next_quote(text, at + 2)).starts_with("''");
}

bool opens(std::string_view text, std::size_t at, std::size_t length, bool open) {
  if (text[at] == '`') return true;
  if (open) return false;
  if (at > 0) {
    const char32_t before = previous_character(text, at);
    const bool at_end = at + length == text.size();
    if (at_end && !follows_opening(before)) return false;
    if (!may_open_after(text, at) || before == '.' || before == '!' || before == '?') return false;
  }
  return length == 1 || apostrophes_open(text, at);
}

}  // namespace

char32_t previous_character(std::string_view text, std::size_t at) {
  return text::next_character(text, start_before(text, at)).code_point;
}

std::string directed_quotes(std::string_view text) {
  std::string out;
  bool open = false;
  std::size_t from = 0;
  for (std::size_t at = next_quote(text, 0); at < text.size(); at = next_quote(text, from)) {
    const std::size_t length = quote_at(text, at);
    open = opens(text, at, length, open);
    out.append(text.substr(from, at - from)).append(open ? " `` " : " '' ");
    from = at + length;
  }
  return out.append(text.substr(from));
}

}  // namespace assay::similarity
