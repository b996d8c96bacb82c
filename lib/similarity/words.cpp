#include "similarity/words.hpp"

#include <algorithm>
#include <optional>

#include "text/javascript_text.hpp"
#include "text/surrogate.hpp"
#include "text/unicode.hpp"

namespace assay::similarity {
namespace {

/// White space at `at`: its bytes, or 0.
std::size_t space_at(std::string_view text, std::size_t at) {
  if (static_cast<unsigned char>(text[at]) < 0x80) return text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r');
  const text::Step step = text::next_character(text, at);
  return text::is_javascript_space(step.code_point) ? step.length : 0;
}

/// Where the white space that begins at `at` ends.
std::size_t after_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t length = space_at(text, at);
    if (length == 0) break;
    at += length;
  }
  return at;
}

/// Where the word that begins at `at` ends. A byte inside a character never looks like white space.
std::size_t after_word(std::string_view text, std::size_t at) {
  while (at < text.size() && space_at(text, at) == 0) ++at;
  return at;
}

template <class Visit>
void each_word(std::string_view text, Visit visit) {
  for (std::size_t at = after_space(text, 0); at < text.size();) {
    const std::size_t end = after_word(text, at);
    visit(text.substr(at, end - at));
    at = after_space(text, end);
  }
}

std::size_t after_space_and_commas(std::string_view text, std::size_t at) {
  for (at = after_space(text, at); at < text.size() && text[at] == ','; at = after_space(text, at + 1)) continue;
  return at;
}

/// Reads the quoted field that begins at `at`, and moves `at` behind it. Empty when it does not end.
std::optional<std::string> quoted_field(std::string_view text, std::size_t& at) {
  std::string field;
  for (++at; at < text.size(); ++at) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    const bool escaped = (text[at] == '\\' && (next == '"' || next == '\\')) || (text[at] == '"' && next == '"');
    if (escaped) {
      field += next;
      ++at;
    } else if (text[at] == '"') {
      ++at;
      return field;
    } else {
      field += text[at];
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  each_word(text, [&](std::string_view word) { found.push_back(word); });
  return found;
}

std::vector<std::string_view> split_at_space(std::string_view text) {
  std::vector<std::string_view> pieces;
  if (text.empty() || after_space(text, 0) > 0) pieces.push_back(text.substr(0, 0));
  std::size_t end = 0;
  each_word(text, [&](std::string_view word) {
    pieces.push_back(word);
    end = static_cast<std::size_t>(word.data() - text.data()) + word.size();
  });
  if (end < text.size()) pieces.push_back(text.substr(text.size()));
  return pieces;
}

std::size_t word_count(std::string_view text) {
  std::size_t count = 0;
  each_word(text, [&](std::string_view) { ++count; });
  return count;
}

std::u32string characters(std::string_view text) {
  if (text::is_ascii(text)) return {text.begin(), text.end()};
  std::u32string found;
  found.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const text::Step step = text::next_character(text, at);
    found += step.code_point;
    at += step.length;
  }
  return found;
}

Result<std::vector<std::string>, std::string> comma_list(std::string_view text) {
  std::vector<std::string> fields;
  for (std::size_t at = after_space_and_commas(text, 0); at < text.size(); at = after_space_and_commas(text, at)) {
    if (text[at] != '"') {
      const std::size_t end = std::min(text.find(',', at), text.size());
      fields.emplace_back(text::trim(text.substr(at, end - at)));
      at = end;
      continue;
    }
    auto field = quoted_field(text, at);
    if (!field) return failure(std::string("a quoted field of the list does not end"));
    fields.push_back(std::move(*field));
    at = after_space(text, at);
    if (at < text.size() && text[at] != ',') return failure(std::string("a comma is missing after a quoted field"));
  }
  return fields;
}

}  // namespace assay::similarity
