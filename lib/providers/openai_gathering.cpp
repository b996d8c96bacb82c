#include "providers/openai_gathering.hpp"

#include <optional>
#include <utility>

#include "providers/answer_flags.hpp"
#include "providers/fragments.hpp"
#include "providers/openai_answer.hpp"
#include "providers/openai_usage.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

class ChatGathering final : public Gathering {
 public:
  explicit ChatGathering(const Deployment& deployment) : deployment_(deployment) {}

  News take(const framing::Event& event) override;
  bool ended() const override { return has_finish() && (done_ || !deployment_.profile.needs_done); }
  bool failed() const override { return failure_.has_value(); }
  std::string_view text() const override { return so_far_.text; }
  std::size_t held() const override;
  Completion take_partial() override;
  Result<Completion, Failure> finish(const http::Response& head) override;

 private:
  void take_chunk(json::View root);
  void take_choice(json::View choice);
  void take_delta(json::View delta);
  void fail(std::string_view what);
  bool has_finish() const { return finish_ && (done_ || !finish_->empty()); }

  const Deployment& deployment_;
  Completion so_far_;
  Fragments calls_;
  std::optional<std::string> finish_;  // empty text: some servers write it in every chunk, some as the end
  std::string native_finish_, id_;
  bool done_ = false;
  std::optional<Failure> failure_;
};

Gathering::News ChatGathering::take(const framing::Event& event) {
  const std::size_t first = event.data.find_first_not_of(" \t\r\n");
  if (done_ || failure_ || first == std::string_view::npos) return News::nothing;
  if (event.data.substr(first).starts_with("[DONE]")) {
    done_ = true;
    return News::nothing;
  }
  const auto document = parse_answer(event.data);
  const json::View root = document ? document->root() : json::View();
  failure_ = failure_in_stream(event, root, deployment_);
  if (!failure_ && (!document || event.name == "error"))
    fail(document ? "the stream ended in an error" : "a chunk of the stream is not JSON");
  if (failure_) return News::nothing;
  const std::size_t before = held();
  take_chunk(root);
  return held() > before ? News::content : News::nothing;
}

void ChatGathering::fail(std::string_view what) {
  http::Response response;
  response.status = 200;
  failure_ = malformed(response, deployment_, what);
}

void ChatGathering::take_chunk(json::View root) {
  read_identity(root, so_far_);
  if (id_.empty()) id_ = short_text(root["id"]);
  for (const json::View choice : root["choices"].elements()) {
    if (choice["index"].as_int64().value_or(0) == 0) take_choice(choice);
  }
  const json::View usage = root["usage"];
  add_usage(usage.is_object() ? usage : root["x_groq"]["usage"], so_far_);
}

void ChatGathering::take_choice(json::View choice) {
  const json::View delta = choice["delta"].is_object() ? choice["delta"] : choice["message"];
  take_delta(delta);
  if (!delta) so_far_.text += choice["text"].string_or("");
  append_log_probs(choice, so_far_.log_probs);
  const auto finish = choice["finish_reason"].as_string();
  if (!finish) return;
  if (names_an_error(*finish)) {
    http::Response response;
    response.status = 200;
    failure_ = broken_choice(choice, response, deployment_);
  }
  if (!finish->empty() || !finish_) finish_ = short_text(*finish);
  if (const auto native = choice["native_finish_reason"].as_string()) native_finish_ = short_text(*native);
}

void ChatGathering::take_delta(json::View delta) {
  append_content(delta["content"], so_far_.text, so_far_.reasoning);
  append_reasoning(delta, so_far_.reasoning);
  so_far_.refusal += delta["refusal"].string_or("");
  bool few = true;
  for (const json::View fragment : delta["tool_calls"].elements()) few = few && calls_.add(fragment);
  const json::View older = delta["function_call"];
  if (older.is_object()) {
    few = few && calls_.add(0, "", older["name"].string_or(""), arguments_text(older["arguments"]));
  }
  if (!few) fail("the answer makes more than 1024 tool calls");
}

std::size_t ChatGathering::held() const {
  return so_far_.text.size() + so_far_.reasoning.size() + so_far_.refusal.size() + calls_.held() +
         so_far_.log_probs.size() * sizeof(double);
}

Completion ChatGathering::take_partial() {
  Completion completion = std::exchange(so_far_, {});
  completion.tool_calls = calls_.take();
  const std::optional<std::string> finish = std::exchange(finish_, {});
  set_finish(completion, finish ? std::optional<std::string_view>(*finish) : std::nullopt, native_finish_);
  completion.request_id = id_;
  return completion;
}

Result<Completion, Failure> ChatGathering::finish(const http::Response& head) {
  if (failure_) return failure(with_head(*failure_, head));
  const bool marked = done_;
  Completion completion = take_partial();
  complete(completion, head.headers, id_, deployment_);
  if (!marked) flag(completion, completion_flags::no_end_marker);
  return unless_filtered(std::move(completion), head, deployment_);
}

}  // namespace

std::unique_ptr<Gathering> chat_gathering(const Deployment& deployment) {
  return std::make_unique<ChatGathering>(deployment);
}

}  // namespace assay::providers
