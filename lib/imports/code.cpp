#include "imports/code.hpp"

#include <algorithm>
#include <array>

namespace assay::imports {
namespace {

constexpr std::array<std::string_view, 6> javascript = {"js", "cjs", "mjs", "ts", "cts", "mts"};
constexpr std::array<std::string_view, 9> scripts = {"sh", "bash", "exe", "bat", "cmd", "ps1", "pl", "go", "php"};

template <std::size_t Size>
bool holds(const std::array<std::string_view, Size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_script(std::string_view extension) {
  return holds(javascript, extension) || holds(scripts, extension) || extension == "py" || extension == "rb";
}

/// Without ":function" if what stands before it is a script.
std::string_view without_function(std::string_view path) {
  const std::size_t colon = path.rfind(':');
  const bool function =
      colon != path.npos && path.find('/', colon) == path.npos && is_script(extension_of(path.substr(0, colon)));
  return function ? path.substr(0, colon) : path;
}

}  // namespace

std::string extension_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == path.npos || path.find('/', dot) != path.npos) return "";
  std::string extension(path.substr(dot + 1));
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return extension;
}

bool is_javascript_file(std::string_view path) {
  return holds(javascript, extension_of(without_function(path)));
}

std::optional<std::string> path_of(std::string_view reference) {
  constexpr std::string_view start = "file://";
  if (!reference.starts_with(start)) return std::nullopt;
  return std::string(without_function(reference.substr(start.size())));
}

std::optional<std::string> code_named_by(std::string_view text) {
  if (text.starts_with("package:")) return "a package";
  if (text.starts_with("exec:")) return "a program";
  const auto path = path_of(text);
  if (!path) return std::nullopt;
  const std::string extension = extension_of(*path);
  if (holds(javascript, extension)) return "a JavaScript file";
  if (extension == "py") return "a Python file";
  if (extension == "rb") return "a Ruby file";
  if (holds(scripts, extension)) return "a program";
  return std::nullopt;
}

}  // namespace assay::imports
