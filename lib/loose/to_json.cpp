#include <cmath>

#include "json/number.hpp"
#include "json/utf8.hpp"
#include "json/writer.hpp"
#include "loose/value.hpp"
#include "text/surrogate.hpp"

namespace assay::loose {
namespace {

constexpr std::size_t deepest = 500;

bool is_high(char32_t c) {
  return c >= 0xD800 && c <= 0xDBFF;
}
bool is_low(char32_t c) {
  return c >= 0xDC00 && c <= 0xDFFF;
}

/// Two halves that have come together are one character; a half alone becomes its escape.
void append_text(std::string& out, std::string_view text) {
  if (json::find_bad_utf8(text) == std::string_view::npos) {
    json::append_quoted(out, text);
    return;
  }
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const text::Step step = text::next_character(text, at);
    at += step.length;
    char32_t c = step.code_point;
    if (is_high(c) && at < text.size()) {
      const text::Step second = text::next_character(text, at);
      if (is_low(second.code_point)) {
        c = 0x10000 + ((c - 0xD800) << 10) + (second.code_point - 0xDC00);
        at += second.length;
      }
    }
    if (is_high(c) || is_low(c)) {
      out += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4) out += hex[c >> shift & 0xF];
    } else {
      std::string character, quoted;
      json::append_utf8(character, c);
      json::append_quoted(quoted, character);
      out += std::string_view(quoted).substr(1, quoted.size() - 2);
    }
  }
  out += '"';
}

class Printer {
 public:
  Printer(const std::vector<Value>& values, Steps& steps) : values_(values), open_(values.size()), steps_(steps) {}

  /// Recurses to the depth of the value, which is bounded.
  bool print(ValueId id, std::size_t depth) {
    const Value& value = values_[id];
    if (depth > deepest || !steps_.take(1 + value.text.size())) return false;
    switch (value.kind) {
      case Value::Kind::null:
        out_ += "null";
        return true;
      case Value::Kind::boolean:
        out_ += value.truth ? "true" : "false";
        return true;
      case Value::Kind::number:
        out_ += std::isfinite(value.number) ? json::javascript_number(value.number) : "null";
        return true;
      case Value::Kind::text:
      case Value::Kind::merge:
        append_text(out_, value.text);
        return true;
      case Value::Kind::date:
        out_ += "{}";
        return true;
      case Value::Kind::list:
      case Value::Kind::map:
        return print_collection(id, depth);
    }
    return false;
  }
  std::string take() { return std::move(out_); }

 private:
  bool print_collection(ValueId id, std::size_t depth) {
    if (open_[id]) {
      out_ += "null";
      return true;
    }
    open_[id] = true;
    const bool printed = values_[id].kind == Value::Kind::list ? print_list(id, depth) : print_map(id, depth);
    open_[id] = false;
    return printed;
  }
  bool print_list(ValueId id, std::size_t depth) {
    out_ += '[';
    for (std::size_t index = 0; index < values_[id].items.size(); ++index) {
      if (index > 0) out_ += ',';
      if (!print(values_[id].items[index], depth + 1)) return false;
    }
    out_ += ']';
    return true;
  }
  bool print_map(ValueId id, std::size_t depth) {
    out_ += '{';
    bool first = true;
    for (const auto& [name, member] : values_[id].members) {
      if (!first) out_ += ',';
      first = false;
      if (!steps_.take(1 + name.size())) return false;
      append_text(out_, name);
      out_ += ':';
      if (!print(member, depth + 1)) return false;
    }
    out_ += '}';
    return true;
  }

  const std::vector<Value>& values_;
  std::vector<bool> open_;  ///< those that are being printed
  Steps& steps_;
  std::string out_;
};

}  // namespace

std::optional<std::string> to_json(const std::vector<Value>& values, ValueId root, Steps& steps) {
  Printer printer(values, steps);
  if (!printer.print(root, 0)) {
    steps.take(static_cast<std::uint64_t>(-1));
    return std::nullopt;
  }
  return printer.take();
}

}  // namespace assay::loose
