#include "suite/prompt.hpp"

#include <string_view>

#include "json/utf8.hpp"
#include "json/writer.hpp"

namespace assay::suite {
namespace {

/// WhiteSpace and LineTerminator of ECMAScript.
bool is_space(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

std::string trim(std::string_view text) {
  std::size_t begin = text.size(), end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const json::Decoded step = json::decode_utf8(text, at);
    if (!is_space(step.code_point)) {
      if (begin == text.size()) begin = at;
      end = at + step.length;
    }
    at += step.length;
  }
  return begin < end ? std::string(text.substr(begin, end - begin)) : std::string();
}

/// Pieces with a blank line between them.
class Pieces {
 public:
  void add(std::string_view piece) {
    if (piece.empty()) return;
    if (!text_.empty()) text_ += "\n\n";
    text_ += piece;
  }
  std::string trimmed() const { return trim(text_); }

 private:
  std::string text_;
};

std::string item_lines(json::View items) {
  std::string lines;
  for (const json::View item : items.elements()) {
    if (!lines.empty()) lines += '\n';
    lines += "- ";
    lines += item.is_string() ? std::string(*item.as_string()) : item.dump();
  }
  return lines;
}

std::string from_sections(json::View sections) {
  Pieces pieces;
  for (const json::View section : sections.elements()) {
    if (section.is_string()) pieces.add(*section.as_string());
    const std::string_view title = section["title"].string_or("");
    if (!title.empty()) pieces.add("## " + std::string(title));
    pieces.add(section["content"].string_or(""));
    pieces.add(item_lines(section["items"]));
  }
  return pieces.trimmed();
}

}  // namespace

std::string extract_prompt(json::View content) {
  if (const auto text = content.as_string()) return std::string(*text);
  if (content["sections"].is_array()) return from_sections(content["sections"]);
  std::string out;
  json::Writer(out, json::Writer::Style::pretty).view(content);
  return out;
}

}  // namespace assay::suite
