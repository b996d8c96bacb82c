#pragma once
#include <optional>

namespace assay::text {

/// Questions about one character that ECMAScript's `\p{…}` asks, answered by the Unicode tables of the ICU that is
/// installed. Lone surrogates are characters of no interest: every answer is no.

bool is_letter(char32_t c);               ///< \p{Letter}
bool is_modifier_letter(char32_t c);      ///< \p{Lm}
bool is_number(char32_t c);               ///< \p{Number}: digits, fractions, Roman numerals
bool is_decimal_number(char32_t c);       ///< \p{Decimal_Number}
bool is_punctuation(char32_t c);          ///< \p{Punctuation}
bool is_opening_punctuation(char32_t c);  ///< \p{Ps}
bool is_currency_symbol(char32_t c);      ///< \p{Sc}
bool continues_identifier(char32_t c);    ///< \p{ID_Continue}

/// Whether NFKC writes the character in another way: a superscript, a ligature, a half-width form.
bool has_compatibility_form(char32_t c);

/// The value of a character that is a fraction, such as ½ or ⅜.
std::optional<double> fraction_value(char32_t c);

/// ECMAScript's WhiteSpace and LineTerminator: what `\s` matches and `trim()` takes away.
bool is_javascript_space(char32_t c);

}  // namespace assay::text
