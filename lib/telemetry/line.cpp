#include "telemetry/line.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <type_traits>

#include "telemetry/escape.hpp"

namespace assay::telemetry {
namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";
constexpr std::size_t key_limit = 64;
constexpr std::size_t longest_character = 4;

/// At most `limit` bytes, not ending inside a character.
std::string_view cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > 0 && limit - end < 3 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

template <class Number>
std::string_view digits(std::array<char, 40>& room, Number number) {
  const auto end = std::to_chars(room.data(), room.data() + room.size(), number);
  return {room.data(), static_cast<std::size_t>(end.ptr - room.data())};
}

}  // namespace

std::string clean_key(std::string_view key) {
  std::string clean;
  for (const char c : key.substr(0, key_limit)) {
    const bool lower = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    const bool upper = c >= 'A' && c <= 'Z';
    clean += lower ? c : upper ? static_cast<char>(c - 'A' + 'a') : '_';
  }
  return clean.empty() ? "_" : clean;
}

Line::Line(LogFormat format, std::size_t value_limit, const Redactor& redactor)
    : format_(format), value_limit_(value_limit), redactor_(redactor) {}

void Line::add(const Field& field) {
  add_key(field.key());
  add_value(field.value());
}

std::string Line::take() && {
  if (format_ == LogFormat::json) text_ += text_.empty() ? "{}" : "}";
  return std::move(text_);
}

void Line::add_key(std::string_view key) {
  if (format_ == LogFormat::json) {
    text_ += text_.empty() ? "{\"" : ",\"";
    text_ += clean_key(key);
    text_ += "\":";
  } else {
    if (!text_.empty()) text_ += ' ';
    text_ += clean_key(key);
    text_ += '=';
  }
}

void Line::add_value(const Field::Value& value) {
  std::array<char, 40> room{};
  std::visit(
      [&](const auto& it) {
        using Kind = std::decay_t<decltype(it)>;
        if constexpr (std::is_same_v<Kind, bool>) {
          text_ += it ? "true" : "false";
        } else if constexpr (std::is_same_v<Kind, double>) {
          add_number(digits(room, it), std::isfinite(it));
        } else if constexpr (std::is_arithmetic_v<Kind>) {
          add_number(digits(room, it), true);
        } else {
          add_text(it);
        }
      },
      value);
}

void Line::add_number(std::string_view number, bool is_json_number) {
  const bool bare = is_json_number || format_ == LogFormat::logfmt;
  text_ += bare ? std::string(number) : quoted(number);
}

// Secrets are looked for before the text is cut and escaped, in enough of it that none is cut in half.
void Line::add_text(std::string_view text) {
  const std::size_t enough = value_limit_ + std::max(redactor_.longest(), longest_character);
  const std::string clean = redactor_.scrub(text.substr(0, enough));
  const std::string_view kept = cut(clean, value_limit_);
  const bool whole = kept.size() == clean.size() && text.size() <= enough;
  if (format_ == LogFormat::logfmt && whole && plain(kept)) {
    text_ += kept;
    return;
  }
  text_ += '"';
  append_escaped(text_, kept);
  if (!whole) text_ += ellipsis;
  text_ += '"';
}

}  // namespace assay::telemetry
