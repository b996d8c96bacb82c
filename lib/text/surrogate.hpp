#pragma once
#include <cstddef>
#include <string_view>

#include "json/utf8.hpp"

namespace assay::text {

/// One character of a text, or a lone surrogate, or U+FFFD for bytes that are neither.
struct Step {
  char32_t code_point = 0;
  std::size_t length = 1;
};

/// The character at `at`. Three bytes that would be a surrogate count as that surrogate: JSON readers hand on the
/// escape of half a character in this form.
inline Step next_character(std::string_view text, std::size_t at) {
  const json::Decoded step = json::decode_utf8(text, at);
  if (step.valid || at + 2 >= text.size() || text[at] != '\xED') return {step.code_point, step.length};
  const auto second = static_cast<unsigned char>(text[at + 1]), third = static_cast<unsigned char>(text[at + 2]);
  if (second < 0xA0 || second > 0xBF || (third & 0xC0u) != 0x80u) return {step.code_point, step.length};
  return {0xD000u | (second & 0x3Fu) << 6 | (third & 0x3Fu), 3};
}

}  // namespace assay::text
