#include "assertions/javascript_text.hpp"

#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "assertions/surrogate.hpp"
#include "assertions/unit_set.hpp"
#include "base/require.hpp"
#include "json/utf8.hpp"

namespace assay::assertions {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_space(char32_t c) {
  static const UnitSet space = UnitSet::space();
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c <= 0xFFFF && space.contains(static_cast<char16_t>(c));
}

std::u16string to_utf16(std::string_view text) {
  std::u16string units;
  units.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Step step = next_character(text, at);
    if (step.code_point > 0xFFFF) {
      units += static_cast<char16_t>(0xD800 + ((step.code_point - 0x10000) >> 10));
      units += static_cast<char16_t>(0xDC00 + ((step.code_point - 0x10000) & 0x3FF));
    } else {
      units += static_cast<char16_t>(step.code_point);
    }
    at += step.length;
  }
  return units;
}

bool is_high(char16_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low(char16_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

std::string to_utf8(std::u16string_view units) {
  std::string text;
  text.reserve(units.size());
  for (std::size_t at = 0; at < units.size(); ++at) {
    char32_t c = units[at];
    if (is_high(units[at]) && at + 1 < units.size() && is_low(units[at + 1])) {
      c = 0x10000 + ((c - 0xD800) << 10) + (units[++at] - 0xDC00u);
    }
    json::append_utf8(text, c);
  }
  return text;
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
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
  while (!text.empty()) {
    const json::Decoded step = json::decode_utf8(text, 0);
    if (!is_space(step.code_point)) break;
    text.remove_prefix(step.length);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && text.size() - last < 4 && (static_cast<unsigned char>(text[last]) & 0xC0u) == 0x80u) --last;
    if (!is_space(json::decode_utf8(text, last).code_point)) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

std::string to_lower_case(std::string_view text) {
  if (is_ascii(text)) return lower_ascii(text);
  const std::u16string units = to_utf16(text);
  require(units.size() < std::numeric_limits<std::int32_t>::max() / 4, "a text to lower is shorter than 512 Mi units");
  const auto length = static_cast<std::int32_t>(units.size());
  std::u16string lower(units.size() + 16, u'\0');
  for (;;) {
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t needed =
        u_strToLower(lower.data(), static_cast<std::int32_t>(lower.size()), units.data(), length, "", &error);
    lower.resize(static_cast<std::size_t>(needed));
    if (error != U_BUFFER_OVERFLOW_ERROR) {
      require(U_SUCCESS(error), "ICU lowers any text");
      return to_utf8(lower);
    }
  }
}

std::size_t find(std::string_view text, std::string_view needle) {
  if (needle.empty()) return 0;
  const void* found = memmem(text.data(), text.size(), needle.data(), needle.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace assay::assertions
