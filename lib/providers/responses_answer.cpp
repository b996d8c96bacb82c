#include "providers/responses_answer.hpp"

#include <utility>

#include "json/writer.hpp"
#include "providers/openai_answer.hpp"
#include "providers/openai_usage.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

void read_message(json::View item, Completion& completion) {
  for (const json::View part : item["content"].elements()) {
    const std::string_view type = part["type"].string_or("");
    if (type == "output_text") completion.text += part["text"].string_or("");
    if (type == "refusal") completion.refusal += part["refusal"].string_or("");
    for (const json::View token : part["logprobs"].elements()) {
      if (const auto number = token["logprob"].as_double()) completion.log_probs.push_back(*number);
    }
  }
}

/// The vendor's summary of the thoughts, or the thoughts of open models.
void read_reasoning(json::View item, std::string& reasoning) {
  for (const char* part : {"summary", "content"}) {
    for (const json::View text : item[part].elements()) reasoning += text["text"].string_or("");
  }
}

void read_output(json::View output, Completion& completion) {
  json::Writer calls(completion.tool_calls);
  for (const json::View item : output.elements()) {
    const std::string_view type = item["type"].string_or("");
    if (type == "message") read_message(item, completion);
    if (type == "reasoning") read_reasoning(item, completion.reasoning);
    if (type != "function_call") continue;
    if (completion.tool_calls.empty()) calls.begin_array();
    write_tool_call(calls, item["call_id"].string_or(""), item["name"].string_or(""),
                    arguments_text(item["arguments"]));
  }
  if (!completion.tool_calls.empty()) calls.end_array();
}

void read_end(json::View root, Completion& completion) {
  const json::View reason = root["incomplete_details"]["reason"];
  completion.finish_reason_raw = short_text(reason.is_string() ? reason : root["status"]);
  const std::string& raw = completion.finish_reason_raw;
  completion.finish_reason = FinishReason::other;
  if (raw == "completed") completion.finish_reason = FinishReason::stop;
  if (raw == "completed" && !completion.tool_calls.empty()) completion.finish_reason = FinishReason::tool_calls;
  if (raw == "max_output_tokens") completion.finish_reason = FinishReason::length;
  if (raw == "content_filter") completion.finish_reason = FinishReason::content_filter;
  if (!completion.refusal.empty()) completion.finish_reason = FinishReason::refusal;
}

}  // namespace

std::string_view not_an_answer(json::View root) {
  const std::string_view status = root["status"].string_or("completed");
  if (status == "completed" || status == "incomplete") return {};
  if (status == "failed") return "the response failed";
  if (status == "cancelled") return "the response was cancelled";
  return "the response is not finished";
}

Completion read_response_object(json::View root) {
  Completion completion;
  read_output(root["output"], completion);
  read_identity(root, completion);
  add_usage(root["usage"], completion, responses_usage);
  read_end(root, completion);
  return completion;
}

Result<Completion, Failure> read_responses_answer(const http::Response& response, const Deployment& deployment) {
  const auto document = read_answer(response, deployment);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  if (!root["output"].is_array() && !root["status"].is_string())
    return failure(malformed(response, deployment, "the answer has no output"));
  if (const std::string_view what = not_an_answer(root); !what.empty()) {
    Failure broken = malformed(response, deployment, what);
    broken.kind = Failure::Kind::unavailable;
    return failure(std::move(broken));
  }
  Completion completion = read_response_object(root);
  complete(completion, response.headers, root["id"].string_or(""), deployment);
  if (completion.finish_reason == FinishReason::content_filter && completion.text.empty())
    return failure(filtered_answer(completion, response, deployment));
  return completion;
}

}  // namespace assay::providers
