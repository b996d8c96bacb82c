#include "similarity/elementary.hpp"

#include <cmath>
#include <limits>

namespace assay::similarity {
namespace {

/// A number as the sum of two doubles (T. J. Dekker, "A floating-point technique for extending the available
/// precision", 1971). This file is compiled without contraction of a * b + c; std::fma is exact by its definition.
struct Pair {
  double high = 0, low = 0;
};

Pair quick_sum(double large, double small) {
  const double sum = large + small;
  return {sum, small - (sum - large)};
}

Pair sum(double a, double b) {
  const double total = a + b, part = total - a;
  return {total, (a - (total - part)) + (b - part)};
}

Pair operator+(Pair a, Pair b) {
  const Pair total = sum(a.high, b.high);
  return quick_sum(total.high, total.low + (a.low + b.low));
}

Pair operator*(Pair a, Pair b) {
  const double product = a.high * b.high;
  const double rest = std::fma(a.high, b.high, -product);
  return quick_sum(product, rest + (a.high * b.low + a.low * b.high));
}

Pair operator/(Pair a, Pair b) {
  const double first = a.high / b.high;
  const Pair back = Pair{first, 0} * b;
  const double second = ((a.high - back.high) - back.low + a.low) / b.high;
  return quick_sum(first, second);
}

constexpr Pair ln2{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
// The same number in parts whose first has 32 bits, so that a whole number up to 2^21 times it is exact.
constexpr double ln2_short = 0x1.62e42feep-1;
constexpr Pair ln2_rest{0x1.a39ef35793c76p-33, 0x1.cc01f97b57a08p-87};

/// exp of |x| <= 0.35 by its power series: 24 terms leave less than 2^-110.
Pair exponential_series(Pair x) {
  Pair term{1, 0}, total{1, 0};
  for (int n = 1; n <= 24; ++n) {
    term = term * x / Pair{static_cast<double>(n), 0};
    total = total + term;
  }
  return total;
}

/// 2 artanh(s), |s| <= 0.172, by its power series: 21 terms leave less than 2^-105.
Pair logarithm_series(Pair s) {
  const Pair square = s * s;
  Pair power = s, total = s;
  for (int n = 3; n <= 43; n += 2) {
    power = power * square;
    total = total + power / Pair{static_cast<double>(n), 0};
  }
  return total + total;
}

}  // namespace

double exponential(double x) {
  if (std::isnan(x)) return x;
  if (x > 709.79) return std::numeric_limits<double>::infinity();
  if (x < -745.14) return 0;
  const double twos = std::nearbyint(x / ln2.high);
  const Pair rest = Pair{x - twos * ln2_short, 0} + Pair{-twos, 0} * ln2_rest;
  const Pair value = exponential_series(rest);
  return std::ldexp(value.high + value.low, static_cast<int>(twos));
}

double logarithm(double x) {
  if (std::isnan(x) || x == std::numeric_limits<double>::infinity()) return x;
  if (x == 0) return -std::numeric_limits<double>::infinity();
  if (x < 0) return std::numeric_limits<double>::quiet_NaN();
  int twos = 0;
  double mantissa = std::frexp(x, &twos);
  if (mantissa < 0x1.6a09e667f3bcdp-1) {
    mantissa *= 2;
    --twos;
  }
  const Pair value = logarithm_series(sum(mantissa, -1) / sum(mantissa, 1));
  const Pair total = Pair{static_cast<double>(twos), 0} * ln2 + value;
  return total.high + total.low;
}

double power(double base, double exponent) {
  if (exponent >= 0 && exponent <= 64 && exponent == std::floor(exponent)) {
    double product = 1;
    for (int n = static_cast<int>(exponent); n > 0; --n) product *= base;
    return product;
  }
  return exponential(exponent * logarithm(base));
}

}  // namespace assay::similarity
