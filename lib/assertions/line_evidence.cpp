#include "assertions/line_evidence.hpp"

#include <functional>
#include <map>
#include <string_view>

namespace assay::assertions {
namespace {

using json::View;
using Read = bool (*)(Evidence& evidence, View value);

bool read_number(std::optional<double>& field, View value) {
  field = value.as_double();
  return field.has_value();
}

bool read_json(std::string& field, View value) {
  field = value.raw();
  return true;
}

bool read_log_probs(Evidence& evidence, View value) {
  for (const View one : value.elements()) {
    if (!one.is_number()) return false;
    evidence.log_probs.push_back(one.as_double().value_or(0));
  }
  return value.is_array();
}

bool read_tokens(Evidence& evidence, View value) {
  evidence.prompt_tokens = value["prompt"].as_int64();
  evidence.completion_tokens = value["completion"].as_int64();
  evidence.total_tokens = value["total"].as_int64();
  return value.is_object();
}

const std::map<std::string_view, Read>& fields() {
  static const std::map<std::string_view, Read> known{
      {"latency_ms", [](Evidence& e, View v) { return read_number(e.latency_ms, v); }},
      {"ttft_ms", [](Evidence& e, View v) { return read_number(e.first_token_ms, v); }},
      {"cached",
       [](Evidence& e, View v) {
         e.cached = v.as_bool().value_or(false);
         return v.as_bool().has_value();
       }},
      {"cost", [](Evidence& e, View v) { return read_number(e.cost_usd, v); }},
      {"tokens", read_tokens},
      {"logprobs", read_log_probs},
      {"finish_reason",
       [](Evidence& e, View v) {
         e.finish_reason = v.string_or("");
         return v.is_string();
       }},
      {"metadata", [](Evidence& e, View v) { return read_json(e.metadata, v) && v.is_object(); }},
      {"tools", [](Evidence& e, View v) { return read_json(e.tools, v); }},
      {"tool_calls", [](Evidence& e, View v) { return read_json(e.tool_calls, v); }},
      {"trace", [](Evidence& e, View v) { return read_json(e.trace, v); }},
      {"guardrails", [](Evidence& e, View v) { return read_json(e.guardrails, v) && v.is_object(); }},
  };
  return known;
}

}  // namespace

Result<Evidence, std::string> line_evidence(View context) {
  Evidence evidence;
  if (context.exists() && !context.is_null() && !context.is_object())
    return failure("context is " + std::string(to_string(context.kind())) + "; it must be an object");
  for (const auto& [key, value] : context.members()) {
    const auto field = fields().find(key);
    const std::string path = "context." + std::string(key);
    if (field == fields().end()) return failure(path + " is not a field this program knows");
    if (!value.is_null() && !field->second(evidence, value))
      return failure(path + " is " + std::string(to_string(value.kind())) + ", which it must not be");
  }
  return evidence;
}

}  // namespace assay::assertions
