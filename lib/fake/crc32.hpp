#pragma once
#include <cstdint>
#include <string_view>

namespace assay::fake {

/// CRC-32 of RFC 1952 §8, byte by byte.
class Crc32 {
 public:
  void add(char c);
  void add(std::string_view bytes) {
    for (char c : bytes) add(c);
  }
  std::uint32_t sum() const { return ~sum_; }

 private:
  std::uint32_t sum_ = 0xffffffffu;
};

}  // namespace assay::fake
