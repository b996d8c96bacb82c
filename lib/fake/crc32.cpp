#include "fake/crc32.hpp"

#include <array>

namespace assay::fake {
namespace {

constexpr std::array<std::uint32_t, 256> table() {
  std::array<std::uint32_t, 256> out{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int k = 0; k < 8; ++k) value = (value & 1) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
    out[i] = value;
  }
  return out;
}

constexpr std::array<std::uint32_t, 256> remainders = table();

}  // namespace

void Crc32::add(char c) {
  sum_ = remainders[(sum_ ^ static_cast<unsigned char>(c)) & 0xff] ^ (sum_ >> 8);
}

}  // namespace assay::fake
