#include "tools/step.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "text/javascript_text.hpp"
#include "tools/span_attributes.hpp"
#include "tools/values.hpp"
#include "tools/words.hpp"

namespace assay::tools {
namespace {

using json::View;

void add_alias(Step& step, std::string alias) {
  if (std::find(step.aliases.begin(), step.aliases.end(), alias) == step.aliases.end()) {
    step.aliases.push_back(std::move(alias));
  }
}

void become(Step& step, std::string_view type, const std::string& name) {
  step.type = type;
  step.name = name;
  add_alias(step, name);
}

void take_arguments(Step& step, const Structured& arguments) {
  step.arguments = arguments.value;
  step.parsed = arguments.parsed;
}

/// The first word of a command line.
std::string executable(std::string_view command) {
  std::string_view rest = text::trim(command);
  for (std::size_t at = 1; at < rest.size(); ++at) {
    const std::string_view word = text::trim(rest.substr(0, at));
    if (word.size() < at) return std::string(word);
  }
  return std::string(rest);
}

bool is_reasoning(const Span& span) {
  if (span.attributes["codex.item.type"].as_string() == "reasoning") return true;
  if (!begins_with(span.name, "reasoning")) return false;
  const std::string_view rest = span.name.substr(9);
  const std::string_view trimmed = text::trim(rest);
  return trimmed.empty() || rest[0] == '_' || trimmed.data() != rest.data();
}

bool is_message(const Span& span) {
  if (span.attributes["codex.item.type"].as_string() == "agent_message") return true;
  return span.name == "agent response" || span.name == "send input";
}

Step step_of(const Span& span, const std::vector<std::string>& command_tools) {
  Step step{"span", std::string(span.name), {std::string(span.name)}, {}, nullptr};
  const std::string tool = tool_name(span);
  const std::string folded = text::to_lower_case(tool);
  const bool runs_commands = std::find(command_tools.begin(), command_tools.end(), folded) != command_tools.end();
  const Structured arguments = tool.empty() ? Structured() : tool_arguments(span);
  const std::string command_line = command(span, arguments, runs_commands);
  if (!command_line.empty() && (runs_commands || tool.empty())) {
    become(step, "command", command_line);
    if (runs_commands) take_arguments(step, arguments);
    if (!tool.empty()) add_alias(step, tool);
    add_alias(step, executable(command_line));
  } else if (!tool.empty()) {
    become(step, "tool", tool);
    take_arguments(step, arguments);
  } else if (const std::string query = search_query(span); !query.empty()) {
    become(step, "search", query);
  } else if (is_reasoning(span)) {
    step.type = "reasoning";
    add_alias(step, "reasoning");
  } else if (is_message(span)) {
    step.type = "message";
    add_alias(step, "message");
  }
  return step;
}

/// A time that is no number counts as 0, so that any trace has one order.
double usable(std::optional<double> time, double fallback) {
  const double value = time.value_or(fallback);
  return std::isnan(value) ? 0 : value;
}

Result<std::vector<std::string>, std::string> types_of(View type) {
  std::vector<std::string> types;
  if (type.is_string()) types.emplace_back(type.string_or(""));
  for (const View element : type.elements()) types.push_back(to_text(element));
  if (!type.is_string() && !type.is_array()) return failure("a step's type must be text or a list");
  return types;
}

}  // namespace

std::vector<Step> steps_of(const Trace& trace) {
  std::vector<const Span*> order;
  order.reserve(trace.spans.size());
  for (const Span& span : trace.spans) order.push_back(&span);
  const auto key = [](const Span* span) {
    const double start = usable(span->start, 0);
    return std::pair(start, usable(span->end, start));
  };
  std::stable_sort(order.begin(), order.end(), [&](const Span* a, const Span* b) { return key(a) < key(b); });
  std::vector<Step> steps;
  steps.reserve(order.size());
  for (const Span* span : order) steps.push_back(step_of(*span, trace.command_tools));
  return steps;
}

bool StepMatcher::matches(const Step& step) const {
  if (types && std::find(types->begin(), types->end(), step.type) == types->end()) return false;
  if (!glob) return true;
  return std::any_of(step.aliases.begin(), step.aliases.end(), [&](const auto& name) { return glob->matches(name); });
}

Result<StepMatcher, std::string> read_matcher(View value, std::optional<std::string> default_type) {
  StepMatcher matcher;
  if (default_type) matcher.types = {{std::move(*default_type)}};
  if (truthy(value["type"])) {
    auto types = types_of(value["type"]);
    if (!types) return failure(types.error());
    matcher.types = std::move(*types);
  }
  View pattern = value.is_string() ? value : truthy(value["pattern"]) ? value["pattern"] : value["name"];
  if (!truthy(pattern)) return matcher;
  if (!pattern.is_string()) return failure("a step's pattern must be text");
  auto glob = Glob::compile(pattern.string_or(""));
  if (!glob) return failure(glob.error());
  matcher.glob = std::move(*glob);
  matcher.shown = std::string(pattern.string_or(""));
  return matcher;
}

}  // namespace assay::tools
