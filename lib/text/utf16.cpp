#include "text/utf16.hpp"

#include <unicode/ustring.h>

#include <cstdint>
#include <limits>

#include "base/require.hpp"
#include "json/utf8.hpp"
#include "text/surrogate.hpp"

namespace assay::text {
namespace {

using Mapping = std::int32_t (*)(char16_t*, std::int32_t, const char16_t*, std::int32_t, const char*, UErrorCode*);

bool is_high(char16_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low(char16_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

std::u16string mapped(std::u16string_view units, Mapping mapping) {
  require(units.size() < std::numeric_limits<std::int32_t>::max() / 4, "a text to map is shorter than 512 Mi units");
  std::u16string out(units.size() + 16, u'\0');
  for (;;) {
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t needed = mapping(out.data(), static_cast<std::int32_t>(out.size()), units.data(),
                                        static_cast<std::int32_t>(units.size()), "", &error);
    out.resize(static_cast<std::size_t>(needed));
    if (error == U_BUFFER_OVERFLOW_ERROR) continue;
    require(U_SUCCESS(error), "ICU maps any text");
    return out;
  }
}

}  // namespace

std::u16string to_utf16(std::string_view text) {
  std::u16string units;
  units.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      units += static_cast<char16_t>(byte);
      ++at;
      continue;
    }
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

std::string to_utf8(std::u16string_view units) {
  std::string text;
  text.reserve(units.size());
  for (std::size_t at = 0; at < units.size(); ++at) {
    char32_t c = units[at];
    if (c < 0x80) {
      text += static_cast<char>(c);
      continue;
    }
    if (is_high(units[at]) && at + 1 < units.size() && is_low(units[at + 1])) {
      c = 0x10000 + ((c - 0xD800) << 10) + (units[++at] - 0xDC00u);
    }
    json::append_utf8(text, c);
  }
  return text;
}

std::u16string to_lower_case(std::u16string_view units) {
  return mapped(units, u_strToLower);
}

std::u16string to_upper_case(std::u16string_view units) {
  return mapped(units, u_strToUpper);
}

}  // namespace assay::text
