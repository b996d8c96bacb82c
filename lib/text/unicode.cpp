#include "text/unicode.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/require.hpp"

namespace assay::text {
namespace {

bool has_category(char32_t c, std::uint32_t mask) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & mask) != 0;
}

}  // namespace

bool is_letter(char32_t c) {
  return has_category(c, U_GC_L_MASK);
}
bool is_modifier_letter(char32_t c) {
  return has_category(c, U_GC_LM_MASK);
}
bool is_number(char32_t c) {
  return has_category(c, U_GC_N_MASK);
}
bool is_decimal_number(char32_t c) {
  return has_category(c, U_GC_ND_MASK);
}
bool is_punctuation(char32_t c) {
  return has_category(c, U_GC_P_MASK);
}
bool is_opening_punctuation(char32_t c) {
  return has_category(c, U_GC_PS_MASK);
}
bool is_currency_symbol(char32_t c) {
  return has_category(c, U_GC_SC_MASK);
}

bool continues_identifier(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_ID_CONTINUE) != 0;
}

bool has_compatibility_form(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCInstance(&error);
  require(U_SUCCESS(error) != 0, "ICU has its normalisation tables");
  UChar written[32];  // the longest decomposition of one character has 18 units
  return unorm2_getDecomposition(nfkc, static_cast<UChar32>(c), written, 32, &error) >= 0;
}

std::optional<double> fraction_value(char32_t c) {
  if (!has_category(c, U_GC_NO_MASK)) return std::nullopt;
  const double value = u_getNumericValue(static_cast<UChar32>(c));
  return value > 0 && value < 1 ? std::optional(value) : std::nullopt;
}

bool is_javascript_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0xFEFF || has_category(c, U_GC_ZS_MASK) || c == 0x2028 || c == 0x2029;
}

}  // namespace assay::text
