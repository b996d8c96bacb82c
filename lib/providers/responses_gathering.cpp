#include "providers/responses_gathering.hpp"

#include <optional>
#include <utility>

#include "providers/answer_flags.hpp"
#include "providers/fragments.hpp"
#include "providers/openai_answer.hpp"
#include "providers/responses_answer.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

class ResponsesGathering final : public Gathering {
 public:
  explicit ResponsesGathering(const Deployment& deployment) : deployment_(deployment) {}

  News take(const framing::Event& event) override;
  bool ended() const override { return ended_; }
  bool failed() const override { return failure_.has_value(); }
  std::string_view text() const override { return so_far_.text; }
  std::size_t held() const override;
  Completion take_partial() override;
  Result<Completion, Failure> finish(const http::Response& head) override;

 private:
  void take_delta(std::string_view type, json::View root);
  void take_item(std::string_view type, json::View root);
  void take_response(std::string_view type, json::View response);
  void end_with(json::View response);
  void fail(std::string_view what, Failure::Kind kind);

  const Deployment& deployment_;
  Completion so_far_;
  Fragments calls_;
  std::string id_;
  bool ended_ = false;
  std::optional<Failure> failure_;
};

Gathering::News ResponsesGathering::take(const framing::Event& event) {
  const std::size_t first = event.data.find_first_not_of(" \t\r\n");
  if (ended_ || failure_ || first == std::string_view::npos || event.data.substr(first).starts_with("[DONE]"))
    return News::nothing;
  const auto document = parse_answer(event.data);
  const json::View root = document ? document->root() : json::View();
  failure_ = failure_in_stream(event, root, deployment_);
  const std::string_view type = root["type"].string_or(event.name);
  if (!failure_ && !document) fail("an event of the stream is not JSON", Failure::Kind::malformed);
  if (!failure_ && type == "error") fail("the stream ended in an error", Failure::Kind::unavailable);
  if (failure_) return News::nothing;
  const std::size_t before = held();
  take_delta(type, root);
  take_item(type, root);
  take_response(type, root["response"]);
  return held() > before ? News::content : News::nothing;
}

void ResponsesGathering::fail(std::string_view what, Failure::Kind kind) {
  http::Response response;
  response.status = 200;
  failure_ = malformed(response, deployment_, what);
  failure_->kind = kind;
}

void ResponsesGathering::take_delta(std::string_view type, json::View root) {
  const std::string_view delta = root["delta"].string_or("");
  if (type == "response.output_text.delta") {
    so_far_.text += delta;
    for (const json::View token : root["logprobs"].elements()) {
      if (const auto number = token["logprob"].as_double()) so_far_.log_probs.push_back(*number);
    }
  } else if (type == "response.refusal.delta") {
    so_far_.refusal += delta;
  } else if (type == "response.reasoning_summary_text.delta" || type == "response.reasoning_text.delta") {
    so_far_.reasoning += delta;
  } else if (type == "response.function_call_arguments.delta") {
    calls_.add(root["output_index"].as_int64().value_or(0), "", "", delta);
  }
}

/// A call's name and id come with its item; the finished item has the arguments whole.
void ResponsesGathering::take_item(std::string_view type, json::View root) {
  const json::View item = root["item"];
  const bool added = type == "response.output_item.added", done = type == "response.output_item.done";
  if ((!added && !done) || item["type"].string_or("") != "function_call") return;
  const std::int64_t index = root["output_index"].as_int64().value_or(0);
  if (!calls_.add(index, item["call_id"].string_or(""), item["name"].string_or(""), ""))
    fail("the answer makes more than 1024 tool calls", Failure::Kind::malformed);
  if (done) calls_.replace_arguments(index, arguments_text(item["arguments"]));
}

void ResponsesGathering::take_response(std::string_view type, json::View response) {
  if (!response.is_object()) return;
  read_identity(response, so_far_);
  if (id_.empty()) id_ = short_text(response["id"]);
  if (type == "response.completed" || type == "response.incomplete") return end_with(response);
  if (type == "response.failed" || type == "response.cancelled") {
    fail(not_an_answer(response), Failure::Kind::unavailable);
    end_with(response);
  }
}

/// The last object repeats everything; what was streamed stays, for somebody has read it.
void ResponsesGathering::end_with(json::View response) {
  Completion last = read_response_object(response);
  std::swap(so_far_, last);
  if (!last.text.empty()) {
    so_far_.text = std::move(last.text);
    so_far_.log_probs = std::move(last.log_probs);
  }
  if (!last.refusal.empty()) so_far_.refusal = std::move(last.refusal);
  if (!last.reasoning.empty()) so_far_.reasoning = std::move(last.reasoning);
  if (!calls_.empty()) so_far_.tool_calls = calls_.take();
  if (so_far_.finish_reason == FinishReason::stop && !so_far_.tool_calls.empty())
    so_far_.finish_reason = FinishReason::tool_calls;
  if (!so_far_.refusal.empty()) so_far_.finish_reason = FinishReason::refusal;
  ended_ = !failure_;
}

std::size_t ResponsesGathering::held() const {
  return so_far_.text.size() + so_far_.reasoning.size() + so_far_.refusal.size() + so_far_.tool_calls.size() +
         calls_.held() + so_far_.log_probs.size() * sizeof(double);
}

Completion ResponsesGathering::take_partial() {
  Completion completion = std::exchange(so_far_, {});
  if (completion.tool_calls.empty()) completion.tool_calls = calls_.take();
  completion.request_id = id_;
  return completion;
}

Result<Completion, Failure> ResponsesGathering::finish(const http::Response& head) {
  if (failure_) return failure(with_head(*failure_, head));
  Completion completion = take_partial();
  complete(completion, head.headers, id_, deployment_);
  return unless_filtered(std::move(completion), head, deployment_);
}

}  // namespace

std::unique_ptr<Gathering> responses_gathering(const Deployment& deployment) {
  return std::make_unique<ResponsesGathering>(deployment);
}

}  // namespace assay::providers
