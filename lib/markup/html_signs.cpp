#include <algorithm>
#include <array>

#include "markup/html.hpp"
#include "markup/space.hpp"
#include "text/javascript_text.hpp"

namespace assay::markup {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool starts_lower(std::string_view text, std::size_t at, std::string_view word) {
  if (text.size() - at < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char want, char have) { return want == lower(have); });
}

/// Where a tag name ends that begins here; `at` itself when no letter stands there.
std::size_t end_of_tag_name(std::string_view text, std::size_t at) {
  if (at >= text.size() || !is_letter(text[at])) return at;
  while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '-')) ++at;
  return at;
}

/// What tags there are. Each ">" is looked for once.
struct Tags {
  bool opening = false, closing = false, self_closing = false;
};

void look_at_opening(Tags& tags, std::string_view text, std::size_t name_end, std::size_t& bracket) {
  if (name_end >= text.size()) return;
  if (text[name_end] == '>') tags.opening = true;
  if (text.substr(name_end).starts_with("/>")) tags.self_closing = true;
  const std::size_t space = space_at(text, name_end);
  if (space == 0) return;
  if (bracket != npos && bracket < name_end) bracket = text.find('>', name_end);
  if (bracket == npos) return;
  tags.opening = true;
  if (text[bracket - 1] == '/' && bracket - 1 >= name_end + space) tags.self_closing = true;
}

Tags tags_in(std::string_view text) {
  Tags tags;
  std::size_t bracket = text.find('>');
  for (std::size_t at = text.find('<'); at != npos; at = text.find('<', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] == '/') {
      const std::size_t end = end_of_tag_name(text, at + 2);
      const std::size_t sign = end == at + 2 ? text.size() : past_spaces(text, end);
      if (sign < text.size() && text[sign] == '>') tags.closing = true;
    } else if (const std::size_t end = end_of_tag_name(text, at + 1); end > at + 1) {
      look_at_opening(tags, text, end, bracket);
    }
  }
  return tags;
}

bool is_hex(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

bool has_reference(std::string_view text) {
  for (std::size_t at = text.find('&'); at != npos; at = text.find('&', at + 1)) {
    std::size_t begin = at + 1;
    bool (*fits)(char) = is_letter;
    if (text.substr(begin).starts_with("#x")) {
      begin += 2;
      fits = is_hex;
    } else if (text.substr(begin).starts_with('#')) {
      begin += 1;
      fits = is_digit;
    }
    std::size_t end = begin;
    while (end < text.size() && fits(text[end])) ++end;
    if (end > begin && end < text.size() && text[end] == ';') return true;
  }
  return false;
}

bool has_document_type(std::string_view text) {
  for (std::size_t at = text.find('<'); at != npos; at = text.find('<', at + 1)) {
    if (!starts_lower(text, at, "<!doctype")) continue;
    const std::size_t word = past_spaces(text, at + 9);
    if (word > at + 9 && starts_lower(text, word, "html")) return true;
  }
  return false;
}

/// A comment whose first "--" is the one that ends it.
bool has_comment(std::string_view text) {
  for (std::size_t at = text.find("<!--"); at != npos; at = text.find("<!--", at + 1)) {
    const std::size_t dashes = text.find("--", at + 4);
    if (dashes != npos && dashes + 2 < text.size() && text[dashes + 2] == '>') return true;
  }
  return false;
}

bool has_attribute(std::string_view text) {
  const std::size_t last_quote = text.find_last_of("\"'");
  if (last_quote == npos) return false;
  for (std::size_t at = 0; at < last_quote; ++at) {
    const std::size_t space = space_at(text, at);
    if (space == 0) continue;
    std::size_t end = at + space;
    while (end < text.size() && (is_letter(text[end]) || text[end] == '-')) ++end;
    if (end > at + space && end < text.size() && text[end] == '=') {
      const std::size_t quote = past_spaces(text, end + 1);
      if (quote < last_quote && (text[quote] == '"' || text[quote] == '\'')) return true;
    }
    at = end - 1;
  }
  return false;
}

bool has_common_tag(std::string_view text) {
  constexpr std::array<std::string_view, 29> names = {
      "html", "head", "body",  "div",    "span",   "p",     "a",    "img",   "h1", "h2",
      "h3",   "h4",   "h5",    "h6",     "ul",     "ol",    "li",   "table", "tr", "td",
      "th",   "form", "input", "button", "script", "style", "link", "meta",  "br"};
  for (std::size_t at = text.find('<'); at != npos; at = text.find('<', at + 1)) {
    std::size_t end = at + 1;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]) || text[end] == '_')) ++end;
    const std::size_t length = end - at - 1;
    const auto is_it = [&](std::string_view name) { return name.size() == length && starts_lower(text, at + 1, name); };
    if (is_it("hr") || std::any_of(names.begin(), names.end(), is_it)) return true;
  }
  return false;
}

}  // namespace

Answer contains_html(std::string_view text) {
  if (text.size() > max_html_units && text::utf16_length(text) > max_html_units) {
    return fails("the output is longer than 10 MiB");
  }
  const Tags tags = tags_in(text);
  int points = tags.opening && tags.closing ? 2 : tags.opening || tags.closing ? 1 : 0;
  for (const bool sign : {tags.self_closing, has_reference(text), has_comment(text), has_attribute(text)}) {
    points += sign ? 1 : 0;
  }
  for (const bool sign : {has_document_type(text), has_common_tag(text)}) points += sign ? 2 : 0;
  const std::string found = std::to_string(points) + " points for HTML, 2 are needed";
  return points >= 2 ? holds(found) : fails(found);
}

}  // namespace assay::markup
