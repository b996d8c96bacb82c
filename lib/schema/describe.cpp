#include "schema/describe.hpp"

#include "json/number.hpp"
#include "json/utf8.hpp"
#include "json/writer.hpp"

namespace assay::schema {
namespace {

constexpr std::size_t longest = 80;

std::string cut(std::string_view text) {
  const std::string_view head = json::truncate_utf8(text, longest);
  return head.size() == text.size() ? std::string(text) : std::string(head) + "…";
}

}  // namespace

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

std::string quoted(std::string_view text) {
  std::string shown;
  json::append_quoted(shown, json::truncate_utf8(text, longest));
  if (text.size() > longest) shown += "…";
  return shown;
}

std::string number_text(double number) {
  return json::javascript_number(number);
}

std::string describe(json::View value) {
  switch (value.kind()) {
    case json::Kind::missing:
      return "nothing";
    case json::Kind::null:
      return "null";
    case json::Kind::boolean:
      return value.as_bool() == true ? "true" : "false";
    case json::Kind::number:
      return cut(value.number_text());
    case json::Kind::string:
      return quoted(*value.as_string());
    case json::Kind::array:
      return "an array of " + counted(value.size(), "element");
    case json::Kind::object:
      return "an object of " + counted(value.size(), "member");
  }
  return {};
}

}  // namespace assay::schema
