#include "text/case_fold.hpp"

#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include <array>

namespace assay::text {
namespace {

/// Case pairs that Unicode 15.1, 16 and 17 added; the distribution's ICU knows 15.0.
struct Pair {
  char16_t upper = 0, lower = 0;
};
constexpr std::array<Pair, 8> later_pairs{{{0xA7DC, 0x019B},
                                           {0xA7CB, 0x0264},
                                           {0x1C89, 0x1C8A},
                                           {0xA7CC, 0xA7CD},
                                           {0xA7CE, 0xA7CF},
                                           {0xA7D2, 0xA7D3},
                                           {0xA7D4, 0xA7D5},
                                           {0xA7DA, 0xA7DB}}};
/// Small letters that fold into one another, since 15.1.
constexpr std::array<Pair, 3> later_folds{{{0x1FD3, 0x0390}, {0x1FE3, 0x03B0}, {0xFB05, 0xFB06}}};

char32_t later_fold(char32_t c) {
  if (c >= 0x10D50 && c <= 0x10D65) return c + 0x20;  // Garay
  if (c >= 0x16EA0 && c <= 0x16EB8) return c + 0x1B;  // Beria Erfe
  for (const Pair& pair : later_pairs) {
    if (c == pair.upper) return pair.lower;
  }
  for (const Pair& pair : later_folds) {
    if (c == pair.upper) return pair.lower;
  }
  return c;
}

char16_t later_upper(char16_t unit) {
  for (const Pair& pair : later_pairs) {
    if (unit == pair.lower) return pair.upper;
  }
  return unit;
}

}  // namespace

char16_t canonical_unit(char16_t unit) {
  if (unit < 0x80) return unit >= 'a' && unit <= 'z' ? static_cast<char16_t>(unit - ('a' - 'A')) : unit;
  if (!u_hasBinaryProperty(unit, UCHAR_CHANGES_WHEN_UPPERCASED)) return later_upper(unit);
  std::array<char16_t, 8> upper{};
  UErrorCode error = U_ZERO_ERROR;
  const auto length = u_strToUpper(upper.data(), static_cast<int>(upper.size()), &unit, 1, "", &error);
  return length == 1 && U_SUCCESS(error) && upper[0] >= 0x80 ? upper[0] : unit;
}

char32_t canonical_character(char32_t character) {
  const auto folded = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(character), U_FOLD_CASE_DEFAULT));
  return folded == character ? later_fold(character) : folded;
}

}  // namespace assay::text
