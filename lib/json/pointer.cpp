#include "json/pointer.hpp"

#include <charconv>

namespace assay::json {
namespace {

/// An element's number as RFC 6901 writes it: digits without a leading zero.
std::optional<std::size_t> element_number(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

View child(View value, std::string_view name) {
  if (!value.is_array()) return value.get(name);
  const auto number = element_number(name);
  return number ? value.at(*number) : View();
}

/// Takes a quoted key from the front of `path` and steps into the member. False when the key is malformed.
bool step_quoted(View& value, std::string_view& path) {
  std::size_t end = 1;
  while (end < path.size() && path[end] != '"') end += path[end] == '\\' ? 2 : 1;
  if (end >= path.size()) return false;
  const auto key = parse(path.substr(0, end + 1), Limits::foreign());
  if (!key) return false;
  value = value.get(key->root().string_or(""));
  path.remove_prefix(end + 1);
  return true;
}

/// Takes "[0]" or "[\"key\"]" from the front of `path`.
bool step_bracket(View& value, std::string_view& path) {
  path.remove_prefix(1);
  if (path.starts_with('"')) {
    if (!step_quoted(value, path)) return false;
  } else {
    const std::size_t end = path.find(']');
    const auto number = element_number(path.substr(0, end));
    if (end == std::string_view::npos || !number) return false;
    value = value.at(*number);
    path.remove_prefix(end);
  }
  if (!path.starts_with(']')) return false;
  path.remove_prefix(1);
  return true;
}

bool step_name(View& value, std::string_view& path) {
  const std::string_view name = path.substr(0, path.find_first_of(".["));
  if (name.empty()) return false;
  value = child(value, name);
  path.remove_prefix(name.size());
  return true;
}

std::optional<std::string> unescape(std::string_view token) {
  std::string plain;
  for (std::size_t at = 0; at < token.size(); ++at) {
    if (token[at] != '~') {
      plain += token[at];
      continue;
    }
    if (++at >= token.size() || (token[at] != '0' && token[at] != '1')) return std::nullopt;
    plain += token[at] == '0' ? '~' : '/';
  }
  return plain;
}

}  // namespace

std::optional<View> at_path(View value, std::string_view path) {
  if (path.empty() || path == "$") return value;
  const bool from_root = path.starts_with("$.");
  if (from_root || path.starts_with("$[")) path.remove_prefix(from_root ? 2 : 1);
  bool name_next = from_root || !path.starts_with('[');
  while (!path.empty() || name_next) {
    const bool fits = name_next ? step_name(value, path) : step_bracket(value, path);
    if (!fits) return std::nullopt;
    name_next = path.starts_with('.');
    if (name_next) path.remove_prefix(1);
    if (!name_next && !path.empty() && path[0] != '[') return std::nullopt;
  }
  return value;
}

void append_pointer(std::string& pointer, std::string_view token) {
  pointer += '/';
  for (const char c : token) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

View at_pointer(View value, std::string_view pointer) {
  while (!pointer.empty() && value.exists()) {
    if (pointer[0] != '/') return {};
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    const auto name = unescape(token);
    if (!name) return {};
    value = child(value, *name);
    pointer.remove_prefix(token.size());
  }
  return value;
}

}  // namespace assay::json
