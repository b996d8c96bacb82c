#include "json/stringify.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "json/number.hpp"

namespace assay::json {
namespace {

void append(std::string& out, View value);

void append_escape(std::string& out, unsigned unit) {
  char text[8];
  std::snprintf(text, sizeof text, "\\u%04x", unit);
  out += text;
}

void append_control(std::string& out, char c) {
  constexpr std::string_view names = "\bb\tt\nn\ff\rr";
  for (std::size_t at = 0; at < names.size(); at += 2) {
    if (names[at] != c) continue;
    out += '\\';
    out += names[at + 1];
    return;
  }
  append_escape(out, static_cast<unsigned char>(c));
}

/// The surrogate whose three bytes stand at `at`.
std::optional<unsigned> surrogate_at(std::string_view text, std::size_t at) {
  if (text[at] != '\xED' || at + 2 >= text.size()) return std::nullopt;
  const auto second = static_cast<unsigned char>(text[at + 1]), third = static_cast<unsigned char>(text[at + 2]);
  if (second < 0xA0) return std::nullopt;
  return 0xD000u | (second & 0x3Fu) << 6 | (third & 0x3Fu);
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      append_control(out, c);
    } else if (const auto half = surrogate_at(text, at)) {
      append_escape(out, *half);
      at += 2;
    } else {
      out += c;
    }
  }
  out += '"';
}

/// A key that JavaScript keeps as an array index: "0" to "4294967294", written as a number is.
std::optional<std::uint32_t> array_index(std::string_view key) {
  if (key.empty() || key.size() > 10 || (key.size() > 1 && key[0] == '0')) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : key) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (number >= 4294967295u) return std::nullopt;
  return static_cast<std::uint32_t>(number);
}

void append_members(std::string& out, View object) {
  std::map<std::uint32_t, Member> indices;
  std::vector<Member> others;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const Member member : object.members()) {
    if (const auto index = array_index(member.key)) {
      indices[*index] = member;
    } else if (const auto [known, fresh] = places.emplace(member.key, others.size()); fresh) {
      others.push_back(member);
    } else {
      others[known->second].value = member.value;
    }
  }
  bool first = true;
  const auto write = [&out, &first](const Member& member) {
    if (!std::exchange(first, false)) out += ',';
    append_string(out, member.key);
    out += ':';
    append(out, member.value);
  };
  out += '{';
  for (const auto& [index, member] : indices) write(member);
  std::for_each(others.begin(), others.end(), write);
  out += '}';
}

void append_elements(std::string& out, View list) {
  bool first = true;
  out += '[';
  for (const View element : list.elements()) {
    if (!std::exchange(first, false)) out += ',';
    append(out, element);
  }
  out += ']';
}

void append(std::string& out, View value) {
  if (const auto text = value.as_string()) return append_string(out, *text);
  if (value.is_object()) return append_members(out, value);
  if (value.is_array()) return append_elements(out, value);
  if (value.is_number()) {
    const auto number = value.as_double();
    out += number ? javascript_number(*number) : "null";
  } else {
    out += value.dump();
  }
}

}  // namespace

std::string stringify(View value) {
  std::string out;
  append(out, value);
  return out;
}

std::string stringify(std::string_view text) {
  std::string out;
  append_string(out, text);
  return out;
}

}  // namespace assay::json
