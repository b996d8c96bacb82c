#include "markup/html.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "markup/html_tree.hpp"
#include "markup/space.hpp"
#include "text/javascript_text.hpp"

namespace assay::markup {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Whether the author's text has "<name" with white space, "/" or ">" behind it, in whatever case.
bool is_written(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find('<'); at != npos; at = text.find('<', at + 1)) {
    const std::size_t end = at + 1 + name.size();
    if (end >= text.size()) return false;
    const bool same = std::equal(name.begin(), name.end(), text.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                                 [](char want, char have) { return want == lower(have); });
    if (same && (text[end] == '/' || text[end] == '>' || space_at(text, end) > 0)) return true;
  }
  return false;
}

bool begins_as_xml(std::string_view text) {
  return text.size() >= 5 && text.starts_with("<?") && lower(text[2]) == 'x' && lower(text[3]) == 'm' &&
         lower(text[4]) == 'l';
}

/// What of a text could cost more than its length when it is parsed.
std::optional<std::string> limit(std::string_view text) {
  constexpr std::size_t kMaxInTag = 4096;
  std::size_t tags = 0;
  for (std::size_t at = text.find('<'); at != npos; at = text.find('<', at + 1)) {
    if (++tags > max_tags) return "the output has more than 20000 tags, too many for an HTML check";
    std::size_t pieces = 0;
    for (std::size_t in = at + 1; in < text.size() && text[in] != '>' && pieces <= kMaxInTag; ++in) {
      const char c = text[in];
      pieces += c == ' ' || c == '/' || c == '"' || c == '\'' || c == '\n' || c == '\t' ? 1 : 0;
      if (text[in] == '<') break;
    }
    if (pieces > kMaxInTag) return "the output has a tag with thousands of attributes, too many for an HTML check";
  }
  return std::nullopt;
}

}  // namespace

Answer is_html(std::string_view text) {
  const std::string_view trimmed = text::trim(text);
  if (trimmed.empty()) return fails("the output is empty");
  if (trimmed.size() > max_html_units && text::utf16_length(trimmed) > max_html_units) {
    return fails("the output is longer than 10 MiB");
  }
  if (begins_as_xml(trimmed)) return fails("the output is XML, not HTML");
  if (auto reason = limit(trimmed)) return failure(*std::move(reason));
  const auto document = read_html(trimmed);
  if (!document) return failure(document.error());

  const bool own_body = document->body_written && is_written(trimmed, "body");
  if (!own_body && document->text_in_body) return fails("text stands outside of HTML tags");
  const bool wrapper = (document->html_written && is_written(trimmed, "html")) ||
                       (document->head_written && is_written(trimmed, "head")) || own_body;
  if (!wrapper && !document->known_element) return fails("no HTML element in the output");
  return holds("HTML");
}

}  // namespace assay::markup
