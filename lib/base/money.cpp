#include "base/money.hpp"

namespace assay {

std::string to_dollars(Money amount) {
  const bool negative = amount.nanos() < 0;
  const std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(amount.nanos()) : static_cast<std::uint64_t>(amount.nanos());
  std::string fraction = std::to_string(magnitude % 1'000'000'000);
  fraction.insert(0, 9 - fraction.size(), '0');
  return (negative ? "-" : "") + std::to_string(magnitude / 1'000'000'000) + "." + fraction;
}

}  // namespace assay
