#include "tools/trace.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "text/javascript_text.hpp"
#include "tools/values.hpp"
#include "tools/words.hpp"

namespace assay::tools {
namespace {

using json::View;

std::optional<double> time_of(View value) {
  if (!value.exists()) return std::nullopt;
  return to_number(value);
}

void add_command_tool(Trace& trace, std::string_view name) {
  const std::string lower = text::to_lower_case(text::trim(name));
  if (!lower.empty()) trace.command_tools.push_back(lower);
}

}  // namespace

Result<Trace, std::string> read_trace(View trace) {
  const View spans = trace["spans"];
  if (!spans.is_array()) return failure("there is no trace");
  if (spans.size() > max_spans) return failure("a trace may have at most " + std::to_string(max_spans) + " spans");
  Trace read;
  read.spans.reserve(spans.size());
  std::size_t attributes = 0;
  for (const View span : spans.elements()) {
    if (!span["name"].is_string()) {
      return failure("span " + std::to_string(read.spans.size()) + " of the trace has no name");
    }
    const View given = span["attributes"];
    attributes += given.size();
    if (attributes > max_attributes) {
      return failure("a trace may have at most " + std::to_string(max_attributes) + " attributes");
    }
    read.spans.push_back({span["name"].string_or(""), time_of(span["startTime"]), time_of(span["endTime"]),
                          given.is_object() ? given : View(), span["statusCode"], span["statusMessage"]});
  }
  for (const std::string_view name : {"exec_command", "local_shell", "shell"}) add_command_tool(read, name);
  for (const View name : trace["metadata"]["commandToolNames"].elements()) add_command_tool(read, name.string_or(""));
  return read;
}

bool is_error(const Span& span) {
  const auto code = to_number(span.status_code);
  if (span.status_code.is_number() && code == 2) return true;
  if (truthy(span.status_code) && code >= 400) return true;
  for (const std::string_view key : {"error", "exception", "failed", "failure"}) {
    const View value = span.attributes[key];
    if (value.as_bool() == true || value.as_string() == "true" || value.is_object() || value.is_array()) return true;
  }
  const View http = span.attributes["http.status_code"];
  if (!http.is_null() && to_number(http) >= 400) return true;
  if (span.attributes["otel.status_code"].as_string() == "ERROR") return true;
  if (span.attributes["status.code"].as_string() == "ERROR") return true;
  constexpr std::array<std::string_view, 6> words = {"error", "failed", "failure", "exception", "timeout", "abort"};
  const std::string_view message = span.status_message.string_or("");
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return holds_word(message, word); });
}

}  // namespace assay::tools
