#include "tools/tool_call_f1.hpp"

#include <set>

#include "json/number.hpp"
#include "text/javascript_text.hpp"
#include "tools/values.hpp"

namespace assay::tools {
namespace {

void add_name(std::vector<std::string>& names, std::string_view text) {
  const std::string_view name = text::trim(text);
  if (!name.empty()) names.emplace_back(name);
}

void add_list(std::vector<std::string>& names, std::string_view list) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    add_name(names, list.substr(at, comma - at));
    at = comma + 1;
  }
}

std::string listed_set(const std::set<std::string_view>& names) {
  return listed({names.begin(), names.end()});
}

}  // namespace

Result<std::vector<std::string>, std::string> expected_tools(json::View value) {
  std::vector<std::string> names;
  if (value.is_string()) {
    add_list(names, value.string_or(""));
  } else if (value.is_array()) {
    for (const json::View element : value.elements()) add_name(names, to_text(element));
  } else {
    return failure("tool-call-f1 needs a list of tool names, or text with commas");
  }
  if (names.empty()) return failure("tool-call-f1 needs at least one tool name");
  return names;
}

Answer tool_call_f1(const Output& output, const std::vector<std::string>& expected, double threshold) {
  const auto calls = read_calls(output);
  if (!calls) return failure(calls.error());
  const std::set<std::string_view> wanted(expected.begin(), expected.end());
  std::set<std::string_view> called;
  for (const Call& call : *calls) called.insert(call.name);

  double both = 0;
  for (const std::string_view name : wanted) both += called.contains(name) ? 1 : 0;
  const double precision = called.empty() ? 0 : both / static_cast<double>(called.size());
  const double recall = wanted.empty() ? 0 : both / static_cast<double>(wanted.size());
  const double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;

  Finding finding;
  finding.holds = f1 >= threshold;
  finding.score = f1;
  finding.found =
      "F1 " + json::javascript_number(f1) + "; called: " + listed_set(called) + "; expected: " + listed_set(wanted);
  return finding;
}

}  // namespace assay::tools
