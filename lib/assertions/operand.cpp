#include "assertions/operand.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "json/number.hpp"
#include "similarity/words.hpp"
#include "text/javascript_text.hpp"

namespace assay::assertions {
namespace {

constexpr const char* missing = "the value is missing";

/// An element as Array.prototype.join writes it.
std::string joined(json::View element) {
  return element.is_null() ? std::string() : javascript_string(element);
}

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The digits of 0x1F, 0o17, 0b11.
std::optional<double> radix_number(std::string_view digits, unsigned radix) {
  double number = 0;
  for (const char c : digits) {
    const unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                           : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a') + 10
                           : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A') + 10
                                                  : 99;
    if (digit >= radix) return std::nullopt;
    number = number * radix + digit;
  }
  return digits.empty() ? std::nullopt : std::optional(number);
}

/// What JSON demands of a decimal: no zeros before the digits, digits on both sides of a point.
std::string as_json_decimal(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of("eE"), text.size());
  std::string whole(text.substr(0, end));
  const std::size_t point = whole.find('.');
  if (whole.size() > 1 && point == 0) whole.insert(0, 1, '0');
  if (whole.size() > 1 && whole.back() == '.') whole.pop_back();
  while (whole.size() > 1 && whole[0] == '0' && whole[1] >= '0' && whole[1] <= '9') whole.erase(0, 1);
  return whole + std::string(text.substr(end));
}

Result<std::vector<std::string>, std::string> filled(std::vector<std::string> needles) {
  const bool empty = std::any_of(needles.begin(), needles.end(), [](const auto& needle) { return needle.empty(); });
  if (needles.empty()) return failure(std::string("the value is an empty list"));
  if (empty) return failure(std::string("the value holds an empty text, which everything contains"));
  return needles;
}

Result<std::vector<std::string>, std::string> elements(json::View list, bool strict) {
  std::vector<std::string> needles;
  for (const json::View element : list.elements()) {
    if (strict && !element.is_string() && !element.is_number())
      return failure("element " + std::to_string(needles.size()) + " of the value is " +
                     std::string(to_string(element.kind())) + "; it must be text or a number");
    needles.push_back(javascript_string(element));
  }
  return needles;
}

}  // namespace

std::string wrong_kind(json::View value, std::string_view wanted) {
  if (!value.exists()) return missing;
  return "the value is " + std::string(to_string(value.kind())) + "; it must be " + std::string(wanted);
}

Result<std::string, std::string> text_operand(json::View value) {
  if (const auto text = value.as_string()) return std::string(*text);
  if (const auto number = value.as_double()) return json::javascript_number(*number);
  if (const auto truth = value.as_bool()) return std::string(*truth ? "true" : "false");
  return failure(wrong_kind(value, "text, a number or a boolean"));
}

Result<double, std::string> length_operand(json::View value) {
  if (const auto number = value.as_double()) return *number;
  const auto text = value.as_string();
  if (!text) return failure(wrong_kind(value, "a number"));
  const auto number = json::parse_number(text::trim(*text));
  if (!number || !std::isfinite(*number)) return failure(std::string("the value is text that is not a number"));
  return *number;
}

Result<std::string, std::string> string_operand(json::View value) {
  if (const auto text = value.as_string()) return std::string(*text);
  return failure(wrong_kind(value, "text"));
}

Result<std::string, std::string> filled_operand(json::View value) {
  auto text = string_operand(value);
  if (text && text->empty()) return failure(std::string("the value is an empty text"));
  return text;
}

Result<std::string, std::string> needle_operand(json::View value) {
  if (const auto number = value.as_double()) return json::javascript_number(*number);
  if (!value.is_string()) return failure(wrong_kind(value, "text or a number"));
  return filled_operand(value);
}

Result<std::vector<std::string>, std::string> needles_operand(json::View value, bool strict) {
  if (!value.is_array() && !value.is_string()) return failure(wrong_kind(value, "a list, or text with commas"));
  if (value.as_string() == "") return failure(std::string("the value is an empty text"));
  auto needles = value.is_array() ? elements(value, strict) : similarity::comma_list(*value.as_string());
  if (!needles || !strict) return needles;
  return filled(std::move(*needles));
}

Result<std::vector<std::string>, std::string> references_operand(json::View value) {
  if (const auto text = value.as_string()) return std::vector<std::string>{std::string(*text)};
  if (!value.is_array()) return failure(wrong_kind(value, "text or a list of texts"));
  std::vector<std::string> references;
  for (const json::View element : value.elements()) {
    if (!element.is_string()) return failure(std::string("the value is a list with something that is not text"));
    references.emplace_back(*element.as_string());
  }
  if (references.empty()) return failure(std::string("the value is an empty list"));
  return references;
}

std::optional<double> javascript_number_of(std::string_view text) {
  std::string_view rest = text::trim(text);
  if (rest.empty()) return 0.0;
  const std::string_view start = rest.substr(0, 2);
  if (start == "0x" || start == "0X") return radix_number(rest.substr(2), 16);
  if (start == "0o" || start == "0O") return radix_number(rest.substr(2), 8);
  if (start == "0b" || start == "0B") return radix_number(rest.substr(2), 2);
  const bool negative = rest[0] == '-';
  if (negative || rest[0] == '+') rest.remove_prefix(1);
  if (rest == "Infinity") return negative ? -infinity : infinity;
  if (rest.starts_with('-')) return std::nullopt;
  const auto number = json::parse_number(as_json_decimal(rest));
  return number && negative ? -*number : number;
}

std::string javascript_string(json::View value) {
  if (const auto text = value.as_string()) return std::string(*text);
  if (const auto number = value.as_double()) return json::javascript_number(*number);
  if (const auto truth = value.as_bool()) return *truth ? "true" : "false";
  if (value.is_null()) return "null";
  if (value.is_object()) return "[object Object]";
  if (!value.is_array()) return "undefined";
  std::string list;
  bool first = true;
  for (const json::View element : value.elements()) {
    if (!std::exchange(first, false)) list += ',';
    list += joined(element);
  }
  return list;
}

}  // namespace assay::assertions
