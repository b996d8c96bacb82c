#include "fake/gzip.hpp"

#include <cstdint>

#include "fake/crc32.hpp"

namespace assay::fake {
namespace {

constexpr std::size_t longest_match = 258;

/// Bits in deflate's order (RFC 1951 §3.1.1): from the lowest bit of each byte; Huffman codes from their highest bit.
class Bits {
 public:
  explicit Bits(std::string& out) : out_(out) {}
  void number(unsigned value, int width) {
    for (int i = 0; i < width; ++i) bit(value >> i & 1);
  }
  void code(unsigned value, int width) {
    for (int i = width - 1; i >= 0; --i) bit(value >> i & 1);
  }
  void pad() {
    while (used_ != 0) bit(0);
  }

 private:
  void bit(unsigned value) {
    byte_ |= value << used_;
    if (++used_ < 8) return;
    out_ += static_cast<char>(byte_);
    byte_ = 0;
    used_ = 0;
  }
  std::string& out_;
  unsigned byte_ = 0;
  int used_ = 0;
};

/// A literal or length symbol in the fixed code of RFC 1951 §3.2.6.
void symbol(Bits& bits, unsigned value) {
  if (value < 144) {
    bits.code(0x30 + value, 8);
  } else if (value < 256) {
    bits.code(0x190 + value - 144, 9);
  } else if (value < 280) {
    bits.code(value - 256, 7);
  } else {
    bits.code(0xC0 + value - 280, 8);
  }
}

void literal(Bits& bits, char c) {
  symbol(bits, static_cast<unsigned char>(c));
}

void repeat_last(Bits& bits) {
  symbol(bits, 285);  // 258 bytes …
  bits.code(0, 5);    // … from one byte back
}

}  // namespace

std::string gzip_bomb(std::string_view before, char filler, std::size_t count, std::string_view after) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  Crc32 crc;
  for (char c : before) crc.add(c);
  for (std::size_t i = 0; i < count; ++i) crc.add(filler);
  for (char c : after) crc.add(c);
  Bits bits(out);
  bits.number(1, 1);  // the last block …
  bits.number(1, 2);  // … in the fixed code
  for (char c : before) literal(bits, c);
  std::size_t left = count;
  if (left > 0) {
    literal(bits, filler);
    --left;
  }
  for (; left >= longest_match; left -= longest_match) repeat_last(bits);
  for (; left > 0; --left) literal(bits, filler);
  for (char c : after) literal(bits, c);
  symbol(bits, 256);
  bits.pad();
  bits.number(crc.sum(), 32);
  bits.number(static_cast<std::uint32_t>(before.size() + count + after.size()), 32);
  return out;
}

}  // namespace assay::fake
