#pragma once
#include <string>
#include <string_view>

#include "job/completion.hpp"
#include "job/failure.hpp"
#include "json/document.hpp"
#include "json/utf8.hpp"
#include "json/writer.hpp"

/// Answers as the JSON that the data files state them in: only what is not empty, so that comparing texts compares
/// everything.
namespace assay::providers::cases {

inline void text_field(json::Writer& out, const std::string& name, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (text.empty()) return;
  if (json::find_bad_utf8(text) == std::string::npos) {
    out.field(name, text);
    return;
  }
  std::string hex;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    hex += {digits[byte >> 4], digits[byte & 15]};
  }
  out.field(name + "_hex", hex);
}

inline void describe(json::Writer& out, const Usage& usage) {
  out.begin_object();
  const auto count = [&](const char* name, std::optional<std::int64_t> tokens) {
    if (tokens) out.field(name, *tokens);
  };
  count("input", usage.input);
  count("cached_read", usage.cached_read);
  count("cache_write_5m", usage.cache_write_5m);
  count("cache_write_1h", usage.cache_write_1h);
  count("output", usage.output);
  count("reasoning", usage.reasoning);
  out.field("source", to_string(usage.source));
  text_field(out, "raw", usage.raw);
  out.end_object();
}

inline void describe(json::Writer& out, const Completion& completion) {
  out.begin_object();
  text_field(out, "text", completion.text);
  out.field("finish_reason", to_string(completion.finish_reason));
  text_field(out, "finish_reason_raw", completion.finish_reason_raw);
  text_field(out, "refusal", completion.refusal);
  text_field(out, "served_model", completion.served_model);
  text_field(out, "request_id", completion.request_id);
  text_field(out, "service_tier", completion.service_tier);
  text_field(out, "fingerprint", completion.fingerprint);
  out.key("usage");
  describe(out, completion.usage);
  if (!completion.tool_calls.empty()) {
    const auto calls = json::parse(completion.tool_calls);
    out.key("tool_calls").raw(calls ? completion.tool_calls : R"("not JSON")");
  }
  text_field(out, "reasoning", completion.reasoning);
  if (!completion.log_probs.empty()) {
    out.key("log_probs").begin_array();
    for (const double log_prob : completion.log_probs) out.number(log_prob);
    out.end_array();
  }
  text_field(out, "served_by", completion.served_by);
  text_field(out, "reported_cost", completion.reported_cost);
  if (completion.cached) out.field("cached", true);
  if (!completion.flags.empty()) {
    out.key("flags").begin_array();
    for (const std::string& flag : completion.flags) out.string(flag);
    out.end_array();
  }
  out.end_object();
}

inline void describe(json::Writer& out, const Failure& failure) {
  out.begin_object().field("kind", to_string(failure.kind)).field("may_have_run", failure.may_have_run);
  out.field("source", to_string(failure.source)).field("status", failure.status);
  if (failure.retry_after) out.field("retry_after_ms", failure.retry_after->count());
  text_field(out, "vendor_code", failure.vendor_code);
  text_field(out, "request_id", failure.request_id);
  text_field(out, "detail", failure.detail);
  if (failure.partial) {
    out.key("partial");
    describe(out, *failure.partial);
  }
  out.end_object();
}

template <class Value>
std::string describe(const Value& value) {
  std::string text;
  json::Writer out(text, json::Writer::Style::compact);
  describe(out, value);
  return text;
}

template <class Value>
std::string describe(const Result<Value, Failure>& outcome) {
  return outcome ? R"({"completion":)" + describe(*outcome) + "}" : R"({"failure":)" + describe(outcome.error()) + "}";
}

}  // namespace assay::providers::cases
