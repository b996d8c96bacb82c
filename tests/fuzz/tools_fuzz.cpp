#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/require.hpp"
#include "json/document.hpp"
#include "tools/calls.hpp"
#include "tools/glob.hpp"
#include "tools/skill_used.hpp"
#include "tools/span_checks.hpp"
#include "tools/step.hpp"
#include "tools/tool_call_f1.hpp"
#include "tools/trajectory.hpp"
#include "tools/valid_call.hpp"
#include "tools/values.hpp"

using namespace assay;
using namespace assay::tools;

namespace {

Result<SchemaAnswer, std::string> takes_all(json::View, json::View) {
  return SchemaAnswer{};
}

void judge_trace(const Trace& trace, json::View value) {
  (void)trace_span_count(trace, value);
  (void)trace_span_duration(trace, value);
  (void)trace_error_spans(trace, value);
  const std::vector<Step> steps = steps_of(trace);
  require(steps.size() == trace.spans.size(), "each span is a step");
  for (const Sense sense : {Sense::required, Sense::forbidden}) (void)tool_used(steps, value, sense);
  (void)tool_sequence(steps, value);
  (void)tool_args_match(steps, value);
  (void)step_count(steps, value);
}

void judge_document(json::View root) {
  const json::View value = root["value"];
  (void)valid_tools_call(Output(root["output"]), root["tools"], takes_all);
  (void)valid_function_call(Output(root["output"]), root["tools"], takes_all);
  (void)skill_used(root, value, Sense::required);
  if (const auto names = expected_tools(value)) (void)tool_call_f1(Output(root["output"]), *names, 1);
  if (const auto trace = read_trace(root)) judge_trace(*trace, value);
  require(same(root, root), "a value is the same as itself");
}

}  // namespace

/// First byte 0: a pattern, a line break, a name. Else: an output as text, and, when it is JSON, {output, tools, value,
/// spans, …} for every check. What is found in text does not depend on who asks first.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string input(data + 1, data + size);
  if (data[0] == 0) {
    const std::size_t cut = std::min(input.find('\n'), input.size());
    const auto glob = Glob::compile(std::string_view(input).substr(0, cut));
    if (glob) (void)glob->matches(std::string_view(input).substr(cut));
    return 0;
  }
  const auto first = read_calls(Output(input)), second = read_calls(Output(input));
  require(first.has_value() == second.has_value(), "the same question has the same answer");
  require(!first || first->size() == second->size(), "the same question has the same answer");
  if (const auto document = json::parse(input, json::Limits::foreign())) judge_document(document->root());
  return 0;
}
