#include "assertions/operand.hpp"

#include <cmath>
#include <string_view>

#include "json/document.hpp"
#include "json/number.hpp"
#include "text/javascript_text.hpp"

namespace assay::assertions {
namespace {

json::Limits limits() {
  json::Limits limits;
  limits.bytes = json::Limits::Bytes::strict;
  return limits;
}

std::string wrong_kind(json::Kind kind, const char* wanted) {
  return "the value is " + std::string(to_string(kind)) + "; it must be " + wanted;
}

}  // namespace

Result<std::string, std::string> text_operand(const std::string& json_text) {
  if (json_text.empty()) return failure(std::string("the value is missing"));
  const auto document = json::parse(json_text, limits());
  if (!document) return failure("the value is not JSON: " + document.error().message);
  const json::View value = document->root();
  if (const auto text = value.as_string()) return std::string(*text);
  if (const auto number = value.as_double()) return json::javascript_number(*number);
  if (const auto truth = value.as_bool()) return std::string(*truth ? "true" : "false");
  return failure(wrong_kind(value.kind(), "text, a number or a boolean"));
}

Result<double, std::string> length_operand(const std::string& json_text) {
  if (json_text.empty()) return failure(std::string("the value is missing"));
  const auto document = json::parse(json_text, limits());
  if (!document) return failure("the value is not JSON: " + document.error().message);
  const json::View value = document->root();
  if (const auto number = value.as_double()) return *number;
  const auto text = value.as_string();
  if (!text) return failure(wrong_kind(value.kind(), "a number"));
  const auto number = json::parse_number(text::trim(*text));
  if (!number || !std::isfinite(*number)) return failure(std::string("the value is text that is not a number"));
  return *number;
}

}  // namespace assay::assertions
