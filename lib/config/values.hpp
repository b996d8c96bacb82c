#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "config/settings.hpp"

namespace assay::config {

/// Readers of one written value; empty when it is not one. Nothing is trimmed or guessed.

/// "500ms", "60s", "2m", "1h", "1.5s": a number and its unit, not negative, at most 10 years.
std::optional<Duration> parse_duration(std::string_view text);
std::string to_text(Duration duration);

/// "16MiB", "64KiB", "1GiB", "512B", and decimal "kB", "MB", "GB". A bare number is refused: it has no unit.
std::optional<std::int64_t> parse_size(std::string_view text);
std::string size_to_text(std::int64_t bytes);

std::optional<std::int64_t> parse_integer(std::string_view text);
/// A decimal number, finite.
std::optional<double> parse_number(std::string_view text);
std::string to_text(double number);

/// "127.0.0.1:9464", "[::1]:0", "localhost:9464".
std::optional<ListenAddress> parse_address(std::string_view text);
std::string to_text(const ListenAddress& address);

/// A base URL without its last slash, or what is wrong with it. http or https, a host, no user, query or fragment.
Result<std::string, std::string> parse_base_url(std::string_view text);

/// Letters, digits and underscores, not starting with a digit.
bool is_variable_name(std::string_view name);

/// Replaces each ${NAME} by the variable's value; "$${" stands for "${". The error names what is missing.
template <class Find>
Result<std::string, std::string> expand(std::string_view text, Find find) {
  std::string out;
  while (!text.empty()) {
    const std::size_t dollar = text.find('$');
    out += text.substr(0, dollar);
    if (dollar == std::string_view::npos) break;
    text.remove_prefix(dollar);
    const std::size_t end = text.find('}');
    if (text.starts_with("$${")) {
      out += "${";
      text.remove_prefix(3);
    } else if (!text.starts_with("${")) {
      out += '$';
      text.remove_prefix(1);
    } else if (end == std::string_view::npos) {
      return failure(std::string("${ without its closing brace"));
    } else {
      const std::string name(text.substr(2, end - 2));
      if (!is_variable_name(name)) return failure(std::string("${} must hold the name of an environment variable"));
      const std::optional<std::string> value = find(name);
      if (!value) return failure("the environment has no variable " + name);
      out += *value;
      text.remove_prefix(end + 1);
    }
  }
  return out;
}

}  // namespace assay::config
