#include "suite/extract_prompt.hpp"

#include <vector>

#include "json/writer.hpp"

namespace assay::suite {
namespace {

constexpr std::string_view white = " \t\r\n\v\f";

std::string text_of(json::View value) {
  return value.is_string() ? std::string(*value.as_string()) : value.dump();
}

std::string section_text(json::View section) {
  if (section.is_string()) return std::string(*section.as_string());
  std::vector<std::string> lines;
  if (section["title"].is_string()) lines.push_back("## " + std::string(*section["title"].as_string()));
  if (section["content"].exists() && !section["content"].is_null()) lines.push_back(text_of(section["content"]));
  for (const json::View item : section["items"].elements()) lines.push_back("- " + text_of(item));
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(white);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

}  // namespace

std::string extract_prompt(json::View content) {
  if (content.is_string()) return std::string(*content.as_string());
  if (content.is_object() && content["sections"].is_array()) {
    std::string text;
    for (const json::View section : content["sections"].elements()) {
      const std::string piece = section_text(section);
      if (!piece.empty()) text += (text.empty() ? "" : "\n\n") + piece;
    }
    return trimmed(text);
  }
  std::string pretty;
  json::Writer(pretty, json::Writer::Style::pretty).view(content);
  return pretty;
}

}  // namespace assay::suite
