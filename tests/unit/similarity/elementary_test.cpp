#include "similarity/elementary.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <random>

using namespace assay::similarity;

namespace {

/// How many doubles apart, as a share of one unit in the last place.
double units_apart(double a, double b) {
  return std::abs(a - b) / (std::nextafter(std::abs(b), std::numeric_limits<double>::infinity()) - std::abs(b));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(elementary)

// The nearest doubles to the true values, found with 80 decimal digits.
BOOST_AUTO_TEST_CASE(gives_the_nearest_double) {
  BOOST_TEST(exponential(1) == 0x1.5bf0a8b145769p+1);
  BOOST_TEST(exponential(-1) == 0x1.78b56362cef38p-2);
  BOOST_TEST(exponential(0.1) == 0x1.1aec7b35a00d4p+0);
  BOOST_TEST(exponential(-0.3333333333333333) == 0x1.6edd3122f2ea5p-1);
  BOOST_TEST(exponential(700) == 0x1.d945df4f8ec8ep+1009);
  BOOST_TEST(logarithm(2) == 0x1.62e42fefa39efp-1);
  BOOST_TEST(logarithm(10) == 0x1.26bb1bbb55516p+1);
  BOOST_TEST(logarithm(1e-7) == -0x1.01e3b843eaa73p+4);
  BOOST_TEST(logarithm(0.75) == -0x1.269621134db92p-2);
  BOOST_TEST(power(0.3, 3) == 0.3 * 0.3 * 0.3);
  BOOST_TEST(units_apart(power(2, 0.5), 0x1.6a09e667f3bcdp+0) <= 2);
}

BOOST_AUTO_TEST_CASE(keeps_exact_values_and_edges) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  BOOST_TEST(exponential(0) == 1);
  BOOST_TEST(logarithm(1) == 0);
  BOOST_TEST(exponential(-infinity) == 0);
  BOOST_TEST(exponential(-1e300) == 0);
  BOOST_TEST(exponential(infinity) == infinity);
  BOOST_TEST(exponential(710) == infinity);
  BOOST_TEST(std::isnan(exponential(std::nan(""))));
  BOOST_TEST(logarithm(0) == -infinity);
  BOOST_TEST(logarithm(infinity) == infinity);
  BOOST_TEST(std::isnan(logarithm(-1)));
  BOOST_TEST(power(0, 3) == 0);
  BOOST_TEST(power(0.5, 0) == 1);
}

// The C library's differ by less than one unit.
BOOST_AUTO_TEST_CASE(is_beside_the_c_library) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 20'000; ++round) {
    const double x = (static_cast<double>(random() >> 11) * 0x1p-53 - 0.5) * 1400;
    BOOST_REQUIRE(units_apart(exponential(x), std::exp(x)) <= 1);
    BOOST_REQUIRE(units_apart(logarithm(std::exp(x)), std::log(std::exp(x))) <= 1);
  }
}

BOOST_AUTO_TEST_SUITE_END()
