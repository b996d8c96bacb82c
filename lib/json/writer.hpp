#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace assay::json {

/// Appends JSON to a string, piece by piece, with commas where they belong. The caller opens and closes in order; a
/// call out of order is a Bug (require). Whatever bytes it is given, the result is valid JSON in valid UTF-8: bad
/// bytes become U+FFFD, control characters their escapes. NUL becomes \u0000, which jsonb does not take: pass text
/// through storable_text() first where the database is the reader.
class Writer {
 public:
  enum class Style {
    compact,
    pretty  ///< two spaces, as JSON.stringify(value, null, 2)
  };
  explicit Writer(std::string& out, Style style = Style::compact) : out_(out), style_(style) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);

  Writer& string(std::string_view text);
  Writer& int64(std::int64_t number);
  Writer& number(double number);  ///< shortest text that reads back the same; null when not finite
  Writer& boolean(bool value);
  Writer& null();
  Writer& raw(std::string_view json);  ///< a finished JSON text, trusted to be one
  Writer& view(View value);            ///< a value of a document; numbers keep their digits; missing writes null

  /// key() and a value in one.
  Writer& field(std::string_view name, std::string_view text) { return key(name).string(text); }
  Writer& field(std::string_view name, const char* text) { return key(name).string(text); }
  Writer& field(std::string_view name, double value) { return key(name).number(value); }
  Writer& field(std::string_view name, std::same_as<bool> auto value) { return key(name).boolean(value); }
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Writer& field(std::string_view name, Integer value) {
    return key(name).int64(static_cast<std::int64_t>(value));
  }

 private:
  struct Level {
    bool object = false, empty = true;
  };
  void begin_value();
  void begin_line();
  Writer& open(bool object);
  Writer& close(bool object);

  std::string& out_;
  Style style_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

/// Appends text as a JSON string, quotes included.
void append_quoted(std::string& out, std::string_view text);

}  // namespace assay::json
