#include "json/storable.hpp"

#include <cstddef>
#include <optional>
#include <utility>

#include "json/utf8.hpp"

namespace assay::json {
namespace {

void append_hex(std::string& out, char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto number = static_cast<unsigned char>(byte);
  out += "\\x";
  out += digits[number >> 4];
  out += digits[number & 0xF];
}

std::string escape(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8 + 16);
  for (std::size_t at = 0; at < bytes.size();) {
    const Decoded step = decode_utf8(bytes, at);
    const std::string_view piece = bytes.substr(at, step.length);
    if (step.valid && step.code_point != 0) {
      if (piece == "\\") out += '\\';
      out += piece;
    } else {
      for (const char byte : piece) append_hex(out, byte);
    }
    at += step.length;
  }
  return out;
}

bool fits(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos && find_bad_utf8(bytes) == std::string_view::npos;
}

std::optional<unsigned> hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a' + 10);
  return std::nullopt;
}

}  // namespace

Storable storable_text(std::string_view bytes) {
  if (fits(bytes)) return {std::string(bytes), false};
  return {escape(bytes), true};
}

Storable storable_text(std::string&& bytes) {
  if (fits(bytes)) return {std::move(bytes), false};
  return {escape(bytes), true};
}

std::string restore_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] == '\\' && next == '\\') {
      ++at;
    } else if (text[at] == '\\' && next == 'x' && at + 3 < text.size()) {
      const auto high = hex_digit(text[at + 2]), low = hex_digit(text[at + 3]);
      if (high && low) {
        out += static_cast<char>(static_cast<unsigned char>(*high << 4 | *low));
        at += 3;
        continue;
      }
    }
    out += text[at];
  }
  return out;
}

}  // namespace assay::json
