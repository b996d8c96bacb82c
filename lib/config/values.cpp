#include "config/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace assay::config {
namespace {

using namespace std::chrono_literals;

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr std::array<Unit, 6> time_units = {{{"ns", 1},
                                             {"us", 1'000},
                                             {"ms", 1'000'000},
                                             {"s", 1'000'000'000},
                                             {"m", 60'000'000'000},
                                             {"h", 3'600'000'000'000}}};
constexpr std::array<Unit, 7> size_units = {{{"B", 1},
                                             {"kB", 1'000},
                                             {"MB", 1'000'000},
                                             {"GB", 1'000'000'000},
                                             {"KiB", std::int64_t{1} << 10},
                                             {"MiB", std::int64_t{1} << 20},
                                             {"GiB", std::int64_t{1} << 30}}};

/// A number and a unit as a whole multiple of the smallest unit.
template <std::size_t N>
std::optional<std::int64_t> parse_with_unit(std::string_view text, const std::array<Unit, N>& units) {
  const std::size_t split = text.find_first_not_of("0123456789.");
  if (split == std::string_view::npos) return std::nullopt;
  const std::optional<double> number = parse_number(text.substr(0, split));
  const auto unit =
      std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == text.substr(split); });
  if (!number || unit == units.end()) return std::nullopt;
  const double product = std::round(*number * static_cast<double>(unit->factor));
  constexpr double most = 4e17;  // beyond any sensible limit, well inside 64 bits
  if (product < 0 || product > most) return std::nullopt;
  return static_cast<std::int64_t>(product);
}

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number number{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = end.ec == std::errc() && end.ptr == text.data() + text.size();
  return all && !text.empty() ? std::optional(number) : std::nullopt;
}

bool has_bad_url_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return c <= ' ' || c >= '\x7F' || c == '"' || c == '\\' || c == '<' || c == '>'; });
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  const auto nanos = parse_with_unit(text, time_units);
  if (!nanos) return std::nullopt;
  return Duration(*nanos);
}

std::string to_text(Duration duration) {
  const std::int64_t nanos = duration.count();
  if (nanos == 0) return "0s";
  if (nanos % Duration(1h).count() == 0) return std::to_string(nanos / Duration(1h).count()) + "h";
  if (nanos % Duration(1s).count() == 0) return std::to_string(nanos / Duration(1s).count()) + "s";
  if (nanos % Duration(1ms).count() == 0) return std::to_string(nanos / Duration(1ms).count()) + "ms";
  return std::to_string(nanos) + "ns";
}

std::optional<std::int64_t> parse_size(std::string_view text) {
  return parse_with_unit(text, size_units);
}

std::string size_to_text(std::int64_t bytes) {
  for (const Unit& unit : {size_units[6], size_units[5], size_units[4]}) {
    if (bytes > 0 && bytes % unit.factor == 0) return std::to_string(bytes / unit.factor) + std::string(unit.name);
  }
  return std::to_string(bytes) + "B";
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  return parse_whole<std::int64_t>(text);
}

std::optional<double> parse_number(std::string_view text) {
  const auto number = parse_whole<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::string to_text(double number) {
  std::array<char, 40> room{};
  const auto end = std::to_chars(room.data(), room.data() + room.size(), number);
  return {room.data(), end.ptr};
}

std::optional<ListenAddress> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const bool brackets = host.starts_with('[') && host.ends_with(']');
  if (brackets) host = host.substr(1, host.size() - 2);
  const bool bare_ipv6 = !brackets && host.find(':') != std::string_view::npos;
  const auto port = parse_whole<std::uint16_t>(text.substr(colon + 1));
  if (host.empty() || bare_ipv6 || has_bad_url_character(host) || !port) return std::nullopt;
  return ListenAddress{std::string(host), *port};
}

std::string to_text(const ListenAddress& address) {
  const bool ipv6 = address.host.find(':') != std::string::npos;
  return (ipv6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

Result<std::string, std::string> parse_base_url(std::string_view text) {
  const std::string_view rest = text.starts_with("https://")  ? text.substr(8)
                                : text.starts_with("http://") ? text.substr(7)
                                                              : "";
  const std::string_view host = rest.substr(0, rest.find('/'));
  if (host.empty() || has_bad_url_character(text))
    return failure(std::string("a URL such as https://api.example.com/v1"));
  if (host.find('@') != std::string_view::npos)
    return failure(std::string("a URL without user or password; keys have keys of their own"));
  if (text.find_first_of("?#") != std::string_view::npos)
    return failure(std::string("a URL without query and fragment"));
  while (text.ends_with('/')) text.remove_suffix(1);
  return std::string(text);
}

bool is_variable_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), fits);
}

}  // namespace assay::config
