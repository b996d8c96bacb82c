#pragma once
#include <compare>
#include <cstdint>
#include <string>

#include "base/require.hpp"

namespace assay {

/// An amount of US dollars in whole nano-dollars (1e-9 USD). Exact: no doubles, overflow is a Bug. Holds ±9.2 billion
/// dollars. An unknown amount is an empty optional, never zero.
class Money {
 public:
  constexpr Money() = default;
  static constexpr Money nanos(std::int64_t amount) { return Money(amount); }
  constexpr std::int64_t nanos() const { return nanos_; }

  friend Money operator+(Money a, Money b) {
    std::int64_t sum = 0;
    require(!__builtin_add_overflow(a.nanos_, b.nanos_, &sum), "a sum of money fits in 64 bits");
    return Money(sum);
  }
  friend Money operator-(Money a, Money b) {
    std::int64_t difference = 0;
    require(!__builtin_sub_overflow(a.nanos_, b.nanos_, &difference), "a difference of money fits in 64 bits");
    return Money(difference);
  }
  Money& operator+=(Money other) { return *this = *this + other; }
  Money& operator-=(Money other) { return *this = *this - other; }
  friend constexpr auto operator<=>(Money, Money) = default;

 private:
  constexpr explicit Money(std::int64_t amount) : nanos_(amount) {}
  std::int64_t nanos_ = 0;
};

/// "0.018300000": dollars with nine decimals, the form the SQL views show.
std::string to_dollars(Money amount);

}  // namespace assay
