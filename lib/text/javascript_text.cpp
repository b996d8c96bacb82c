#include "text/javascript_text.hpp"

#include <unicode/uchar.h>

#include <cstdint>
#include <cstring>

#include "json/utf8.hpp"
#include "text/surrogate.hpp"
#include "text/unit_set.hpp"
#include "text/utf16.hpp"

namespace assay::text {
namespace {

bool is_space(char32_t c) {
  static const UnitSet space = UnitSet::space();
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c <= 0xFFFF && space.contains(static_cast<char16_t>(c));
}

char lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Lowers A to Z in eight bytes at once; bytes above 0x7F must not occur.
std::uint64_t lower_word(std::uint64_t word) {
  constexpr std::uint64_t ones = 0x0101010101010101u;
  const std::uint64_t from_a = word + ones * (0x80 - 'A');        // top bit: at least 'A'
  const std::uint64_t beyond_z = word + ones * (0x80 - 'Z' - 1);  // top bit: beyond 'Z'
  return word + ((((from_a & ~beyond_z) & ones * 0x80) >> 7) * ('a' - 'A'));
}

void append_lower_ascii(std::string& out, std::string_view text) {
  std::size_t at = out.size();
  out += text;
  for (; at + sizeof(std::uint64_t) <= out.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, out.data() + at, sizeof word);
    word = lower_word(word);
    std::memcpy(out.data() + at, &word, sizeof word);
  }
  for (; at < out.size(); ++at) out[at] = lower_letter(out[at]);
}

}  // namespace

std::string well_formed(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const Step step = next_character(bytes, at);
    json::append_utf8(text, step.code_point);
    at += step.length;
  }
  return text;
}

bool is_ascii(std::string_view bytes) {
  return json::skip_ascii(bytes, 0) == bytes.size();
}

bool is_well_formed(std::string_view bytes) {
  return json::find_bad_utf8(bytes) == std::string_view::npos;
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0u) != 0x80u;  // one for each character
    units += byte >= 0xF0u;            // and one more for those above U+FFFF
  }
  return units;
}

std::string_view trim(std::string_view text) {
  return trim_end(trim_start(text));
}

std::string_view trim_start(std::string_view text) {
  while (!text.empty()) {
    const json::Decoded step = json::decode_utf8(text, 0);
    if (!is_space(step.code_point)) break;
    text.remove_prefix(step.length);
  }
  return text;
}

std::string_view trim_end(std::string_view text) {
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && text.size() - last < 4 && (static_cast<unsigned char>(text[last]) & 0xC0u) == 0x80u) --last;
    if (!is_space(json::decode_utf8(text, last).code_point)) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

std::string to_lower_case(std::string_view text) {
  std::string lower;
  lower.reserve(text.size() + text.size() / 8);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t run = json::skip_ascii(text, at);
    append_lower_ascii(lower, text.substr(at, run - at));
    if (run == text.size()) break;
    const Step step = next_character(text, run);
    // The only two whose lower case is not one character, the same everywhere (SpecialCasing.txt without languages).
    constexpr char32_t capital_sigma = 0x3A3, dotted_capital_i = 0x130;
    if (step.code_point == capital_sigma || step.code_point == dotted_capital_i) {
      return to_utf8(to_lower_case(to_utf16(text)));  // with context
    }
    json::append_utf8(lower, static_cast<char32_t>(u_tolower(static_cast<UChar32>(step.code_point))));
    at = run + step.length;
  }
  return lower;
}

std::size_t find(std::string_view text, std::string_view needle) {
  if (needle.empty()) return 0;
  const void* found = memmem(text.data(), text.size(), needle.data(), needle.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace assay::text
