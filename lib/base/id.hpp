#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace assay {

/// A number that names one kind of thing; ids of different kinds do not mix.
template <class Tag, class Number = std::int64_t>
struct Id {
  Number value{};

  constexpr Id() = default;
  constexpr explicit Id(Number number) : value(number) {}
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

template <class Tag, class Number>
std::string to_string(Id<Tag, Number> id) {
  return std::to_string(id.value);
}

}  // namespace assay

template <class Tag, class Number>
struct std::hash<assay::Id<Tag, Number>> {
  std::size_t operator()(assay::Id<Tag, Number> id) const noexcept { return std::hash<Number>{}(id.value); }
};
