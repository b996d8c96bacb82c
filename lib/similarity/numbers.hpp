#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace assay::similarity {

/// A number that stands in a text, written as people and models write them:
///   -1,234.5   1'234   12 345 (with a no-break or thin space)   .5   6.02e23   6.02 × 10^23   1.5 million
///   $12.50   -€3   45 %   3/4   1 1/2   ½   2½
/// The point is the decimal sign: 1,5 is two numbers. Digits that hang on a word before them (abc123), versions (1.2.3)
/// and dates with slashes (1/2/2024) are none; a hyphen after a word or a digit is no sign (GPT-4, 3-5).
struct Number {
  double value = 0;                    ///< as written: 45 for "45 %"
  bool percent = false;                ///< a per cent sign follows
  std::size_t offset = 0, length = 0;  ///< its bytes, with sign, currency and per cent sign
};

/// The first number at or after a place, and the last one. Linear in the text.
std::optional<Number> next_number(std::string_view text, std::size_t from = 0);
std::optional<Number> last_number(std::string_view text);

/// The number that a text is, when it is nothing else but white space and a point at its end.
std::optional<Number> sole_number(std::string_view text);

struct Tolerance {
  double absolute = 0;
  double relative = 0;  ///< of the magnitude of the number that is expected
};

/// |found - expected| <= max(absolute, relative × |expected|).
bool within(double found, double expected, const Tolerance& tolerance);

/// Whether a number in an answer is the one that is expected: as written, or, when just one of the two has a per cent
/// sign, with that one divided by 100 ("45 %" is 45 and 0.45).
bool same_number(const Number& found, const Number& expected, const Tolerance& tolerance);

}  // namespace assay::similarity
