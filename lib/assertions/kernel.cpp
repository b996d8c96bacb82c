#include "assertions/kernel.hpp"

#include <algorithm>

#include "json/number.hpp"
#include "json/utf8.hpp"

namespace assay::assertions {
namespace {

constexpr std::size_t shown_before_bytes = 60;

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

}  // namespace

Finding scored(double score, double threshold) {
  Finding finding = decided(score >= threshold, json::javascript_number(score));
  finding.score = score;
  return finding;
}

std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  return std::string(json::truncate_utf8(text, most - 3)) + "\xE2\x80\xA6";
}

std::string excerpt(std::string_view text, std::size_t at) {
  std::size_t from = at > shown_before_bytes ? at - shown_before_bytes : 0;
  while (from < at && continues(text[from])) ++from;
  return (from > 0 ? "\xE2\x80\xA6" : "") + shown(text.substr(from));
}

std::string place(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto characters = std::count_if(before.begin(), before.end(), [](char byte) { return !continues(byte); });
  return "character " + std::to_string(characters);
}

}  // namespace assay::assertions
