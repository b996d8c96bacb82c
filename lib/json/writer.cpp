#include "json/writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "base/require.hpp"
#include "json/tape.hpp"
#include "json/utf8.hpp"

namespace assay::json {
namespace {

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
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
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += digits[byte >> 4];
  out += digits[byte & 0xF];
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_plain(text[end])) ++end;
    out.append(text.substr(at, end - at));
    at = end;
    if (at == text.size()) break;
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      append_escape(out, text[at++]);
      continue;
    }
    const Decoded step = decode_utf8(text, at);
    if (step.valid) {
      out.append(text.substr(at, step.length));
    } else {
      out += "\xEF\xBF\xBD";
    }
    at += step.length;
  }
  out += '"';
}

Writer& Writer::begin_object() {
  return open(true);
}
Writer& Writer::end_object() {
  return close(true);
}
Writer& Writer::begin_array() {
  return open(false);
}
Writer& Writer::end_array() {
  return close(false);
}

Writer& Writer::key(std::string_view name) {
  require(!levels_.empty() && levels_.back().object && !after_key_, "a key stands inside an object, before a value");
  if (!levels_.back().empty) out_ += ',';
  levels_.back().empty = false;
  begin_line();
  append_quoted(out_, name);
  out_ += style_ == Style::pretty ? ": " : ":";
  after_key_ = true;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  begin_value();
  append_quoted(out_, text);
  return *this;
}

Writer& Writer::int64(std::int64_t number) {
  begin_value();
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out_.append(digits.data(), end);
  return *this;
}

Writer& Writer::number(double number) {
  if (!std::isfinite(number)) return null();
  begin_value();
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out_.append(digits.data(), end);
  return *this;
}

Writer& Writer::boolean(bool value) {
  return raw(value ? "true" : "false");
}
Writer& Writer::null() {
  return raw("null");
}

Writer& Writer::raw(std::string_view json) {
  begin_value();
  out_ += json;
  return *this;
}

Writer& Writer::view(View value) {
  switch (value.kind()) {
    case Kind::missing:
      return null();
    case Kind::string:
      return string(*value.as_string());
    case Kind::null:
    case Kind::boolean:
    case Kind::number:
      return raw(value.raw());
    case Kind::array:
      begin_array();
      for (const View element : value.elements()) view(element);
      return end_array();
    case Kind::object:
      begin_object();
      for (const auto& [name, member] : value.members()) key(name).view(member);
      return end_object();
  }
  return *this;
}

void Writer::begin_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  require(!levels_.back().object, "a value inside an object has a key");
  if (!levels_.back().empty) out_ += ',';
  levels_.back().empty = false;
  begin_line();
}

void Writer::begin_line() {
  if (style_ == Style::compact) return;
  out_ += '\n';
  out_.append(levels_.size() * 2, ' ');
}

Writer& Writer::open(bool object) {
  begin_value();
  out_ += object ? '{' : '[';
  levels_.push_back({object, true});
  return *this;
}

Writer& Writer::close(bool object) {
  require(!levels_.empty() && levels_.back().object == object && !after_key_, "what is closed is what was opened last");
  const bool empty = levels_.back().empty;
  levels_.pop_back();
  if (!empty) begin_line();
  out_ += object ? '}' : ']';
  return *this;
}

}  // namespace assay::json
