#include "json/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace assay::json {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
}

bool is_continuation(unsigned byte) {
  return (byte & 0xC0u) == 0x80u;
}

/// How many bytes follow the lead byte, and between which bounds the first of them must lie (Unicode table 3-7).
struct Lead {
  unsigned more = 0, low = 0x80, high = 0xBF;
};

Lead lead_of(unsigned byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

}  // namespace

Decoded decode_utf8(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = lead_of(first);
  if (lead.more == 0) return {};
  const unsigned second = byte_at(text, at + 1);
  if (second < lead.low || second > lead.high) return {};
  char32_t code_point = ((first & (0x3Fu >> lead.more)) << 6) | (second & 0x3Fu);
  for (unsigned taken = 2; taken <= lead.more; ++taken) {
    const unsigned next = byte_at(text, at + taken);
    if (!is_continuation(next)) return {0xFFFD, taken, false};
    code_point = (code_point << 6) | (next & 0x3Fu);
  }
  return {code_point, lead.more + 1, true};
}

std::size_t skip_ascii(std::string_view text, std::size_t at) {
  while (at + sizeof(std::uint64_t) <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & 0x8080808080808080u) != 0) break;
    at += sizeof word;
  }
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

std::size_t find_bad_utf8(std::string_view text) {
  for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    const Decoded step = decode_utf8(text, at);
    if (!step.valid) return at;
    at += step.length;
  }
  return std::string_view::npos;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    return put(0x80 | (code_point & 0x3F));
  }
  if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
  }
  put(0x80 | ((code_point >> 6) & 0x3F));
  put(0x80 | (code_point & 0x3F));
}

std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  for (unsigned back = 0; back < 3 && end > 0 && is_continuation(byte_at(text, end)); ++back) --end;
  if (is_continuation(byte_at(text, end))) end = max_bytes;  // not UTF-8 here: nothing to keep whole
  return text.substr(0, end);
}

}  // namespace assay::json
