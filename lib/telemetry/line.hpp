#pragma once
#include <string>
#include <string_view>

#include "telemetry/field.hpp"
#include "telemetry/log.hpp"
#include "telemetry/redactor.hpp"

namespace assay::telemetry {

/// Puts one log line together, field by field, in the order given.
class Line {
 public:
  Line(LogFormat format, std::size_t value_limit, const Redactor& redactor);

  void add(const Field& field);
  /// The line, without its end.
  std::string take() &&;

 private:
  void add_key(std::string_view key);
  void add_value(const Field::Value& value);
  void add_text(std::string_view text);
  void add_number(std::string_view digits, bool is_json_number);

  LogFormat format_;
  std::size_t value_limit_;
  const Redactor& redactor_;
  std::string text_;
};

/// `key` as it appears on a line: [a-z0-9_], never empty, at most 64 bytes.
std::string clean_key(std::string_view key);

}  // namespace assay::telemetry
