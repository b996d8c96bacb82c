#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.hpp"
#include "base/secret.hpp"

namespace assay::telemetry {

/// One key and its value on a log line. Keys are lower-case words with underscores and carry the unit
/// (`waited_seconds`). A Field borrows its text: it lives as long as the call it is an argument of.
class Field {
 public:
  using Value = std::variant<std::string_view, bool, std::int64_t, std::uint64_t, double, std::string>;

  Field(std::string_view key, std::string_view text) : key_(key), value_(text) {}
  Field(std::string_view key, const std::string& text) : key_(key), value_(std::string_view(text)) {}
  Field(std::string_view key, const char* text) : key_(key), value_(std::string_view(text)) {}
  Field(std::string_view key, double number) : key_(key), value_(number) {}

  template <std::integral Number>
  Field(std::string_view key, Number number) : key_(key), value_(widest(number)) {}

  template <class Tag, class Number>
  Field(std::string_view key, Id<Tag, Number> id) : Field(key, id.value) {}

  /// Anything else that has a to_string() found by its arguments: enums, call ids, money.
  template <class Named>
  requires requires(const Named& named) {
    { to_string(named) } -> std::convertible_to<std::string>;
  } || requires(const Named& named) {
    { to_string(named) } -> std::same_as<std::string_view>;
  }
  Field(std::string_view key, const Named& named) : key_(key), value_(std::string(to_string(named))) {}

  /// A key or password does not go onto a log line; its fingerprint may.
  Field(std::string_view key, const Secret& secret) = delete;

  std::string_view key() const { return key_; }
  const Value& value() const { return value_; }

 private:
  template <std::integral Number>
  static Value widest(Number number) {
    if constexpr (std::same_as<Number, bool>) {
      return number;
    } else if constexpr (std::is_signed_v<Number>) {
      return static_cast<std::int64_t>(number);
    } else {
      return static_cast<std::uint64_t>(number);
    }
  }

  std::string_view key_;
  Value value_;
};

}  // namespace assay::telemetry
