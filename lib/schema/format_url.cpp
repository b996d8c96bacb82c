#include <algorithm>
#include <vector>

#include "schema/ascii.hpp"
#include "schema/format_checks.hpp"
#include "text/surrogate.hpp"
#include "text/unit_set.hpp"

namespace assay::schema {
namespace {

using Characters = std::vector<char32_t>;

Characters characters_of(std::string_view text) {
  Characters characters;
  for (std::size_t at = 0; at < text.size();) {
    const text::Step step = text::next_character(text, at);
    characters.push_back(step.code_point);
    at += step.length;
  }
  return characters;
}

bool is_space(char32_t c) {
  static const text::UnitSet space = text::UnitSet::space();
  return c <= 0xFFFF && space.contains(static_cast<char16_t>(c));
}
bool is_wide(char32_t c) {
  return c >= 0xA1 && c <= 0xFFFF;
}
bool is_decimal(char32_t c) {
  return c >= '0' && c <= '9';
}
bool is_alphabetic(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_wide(c);
}

/// Where the run of host characters that begins at `at` ends.
std::size_t host_end(const Characters& text, std::size_t at) {
  while (at < text.size() && (is_alphabetic(text[at]) || is_decimal(text[at]) || text[at] == '-' || text[at] == '.'))
    ++at;
  return at;
}

/// Labels with single hyphens inside, the last of two letters at least.
bool is_name(const Characters& text, std::size_t from, std::size_t to) {
  std::size_t dots = 0, label = from;
  for (std::size_t at = from; at < to; ++at) {
    if (text[at] == '.') ++dots, label = at + 1;
    const bool edge = at == from || text[at - 1] == '.' || text[at - 1] == '-';
    if ((text[at] == '.' || text[at] == '-') && (edge || at + 1 == to)) return false;
  }
  const auto first = text.begin() + static_cast<std::ptrdiff_t>(label),
             last = text.begin() + static_cast<std::ptrdiff_t>(to);
  return dots > 0 && last - first >= 2 && std::all_of(first, last, is_alphabetic);
}

/// Four numbers, or none.
std::vector<int> numbers_of(const Characters& text, std::size_t from, std::size_t to) {
  std::vector<int> numbers;
  std::size_t digits = 0;
  for (std::size_t at = from; at < to; ++at) {
    if (text[at] == '.') {
      digits = 0;
      continue;
    }
    if (!is_decimal(text[at]) || ++digits > 3) return {};
    if (digits == 1) numbers.push_back(0);
    if (digits == 2 && numbers.back() == 0 && (numbers.size() == 1 || numbers.size() == 4)) return {};
    if (digits == 3 && numbers.back() < 10) return {};  // a zero leads
    numbers.back() = numbers.back() * 10 + static_cast<int>(text[at] - '0');
  }
  const bool dotted = std::count(text.begin() + static_cast<std::ptrdiff_t>(from),
                                 text.begin() + static_cast<std::ptrdiff_t>(to), U'.') == 3;
  return numbers.size() == 4 && dotted ? numbers : std::vector<int>();
}

/// An address of the public net: neither private nor loopback, neither first nor last of its block.
bool is_public_address(const Characters& text, std::size_t from, std::size_t to) {
  const auto n = numbers_of(text, from, to);
  if (n.empty() || n[0] < 1 || n[0] > 223 || n[1] > 255 || n[2] > 255 || n[3] < 1 || n[3] > 254) return false;
  if (n[0] == 10 || n[0] == 127 || (n[0] == 169 && n[1] == 254) || (n[0] == 192 && n[1] == 168)) return false;
  return n[0] != 172 || n[1] < 16 || n[1] > 31;
}

/// A host, ":80" and "/anything" up to `end`.
bool fits_from(const Characters& text, std::size_t at, std::size_t first_space) {
  const std::size_t end = host_end(text, at);
  if (!is_name(text, at, end) && !is_public_address(text, at, end)) return false;
  at = end;
  if (at < text.size() && text[at] == ':') {
    const std::size_t port = ++at;
    while (at < text.size() && is_decimal(text[at])) ++at;
    if (at - port < 2 || at - port > 5) return false;
  }
  return at == text.size() || (text[at] == '/' && first_space == text.size());
}

}  // namespace

/// The "url" of ajv-formats: http, https or ftp, perhaps a user, a public address or a name with a dot. The user may
/// hold any number of @: each is tried, and since a host holds none, all tries together pass over the text once.
bool is_url(std::string_view whole) {
  Cursor cursor(whole);
  if (!cursor.take_letters("https://") && !cursor.take_letters("http://") && !cursor.take_letters("ftp://"))
    return false;
  const Characters text = characters_of(cursor.rest());
  const auto space = std::find_if(text.begin(), text.end(), is_space);
  const auto first_space = static_cast<std::size_t>(space - text.begin());
  if (fits_from(text, 0, first_space)) return true;
  for (std::size_t at = 1; at < first_space; ++at) {
    if (text[at] == '@' && fits_from(text, at + 1, first_space)) return true;
  }
  return false;
}

}  // namespace assay::schema
