#include "telemetry/escape.hpp"

#include <algorithm>
#include <cstdint>

namespace assay::telemetry {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// One character of some text: its code point and the bytes it takes. Zero length: the next byte starts no character.
struct Character {
  std::uint32_t code = 0;
  std::size_t length = 0;
};

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

Character assemble(std::string_view text, std::size_t length, std::uint32_t first_bits, std::uint32_t smallest) {
  if (text.size() < length) return {};
  std::uint32_t code = first_bits;
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[i])) return {};
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < smallest || code > 0x10FFFF || surrogate) return {};
  return {code, length};
}

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xC2) return {};
  if (lead < 0xE0) return assemble(text, 2, lead & 0x1FU, 0x80);
  if (lead < 0xF0) return assemble(text, 3, lead & 0x0FU, 0x800);
  if (lead < 0xF5) return assemble(text, 4, lead & 0x07U, 0x10000);
  return {};
}

bool breaks_lines_or_terminals(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 || code == 0x200E ||
         code == 0x200F || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

void append_code(std::string& out, std::uint32_t code) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[(code >> static_cast<unsigned>(shift)) & 0xFU];
}

void append_character(std::string& out, std::string_view bytes, std::uint32_t code) {
  switch (code) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (breaks_lines_or_terminals(code)) {
    append_code(out, code);
  } else {
    out += bytes;
  }
}

template <class Each>
void each_character(std::string_view text, Each each) {
  while (!text.empty()) {
    const Character character = first_character(text);
    const std::size_t length = std::max<std::size_t>(character.length, 1);
    each(character.length == 0 ? replacement : text.substr(0, length), character.length == 0 ? 0xFFFD : character.code);
    text.remove_prefix(length);
  }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  out.reserve(out.size() + text.size());
  each_character(text, [&out](std::string_view bytes, std::uint32_t code) { append_character(out, bytes, code); });
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  append_escaped(out, text);
  out += '"';
  return out;
}

bool plain(std::string_view text) {
  const auto quiet = [](char c) { return c > ' ' && c < '\x7F' && c != '"' && c != '\\' && c != '='; };
  return !text.empty() && std::all_of(text.begin(), text.end(), quiet);
}

std::string repaired_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  each_character(text, [&out](std::string_view bytes, std::uint32_t) { out += bytes; });
  return out;
}

}  // namespace assay::telemetry
