#include "providers/anthropic_answer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "json/writer.hpp"
#include "providers/answer_flags.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

FinishReason finish_reason(std::string_view raw) {
  constexpr std::array<std::pair<std::string_view, FinishReason>, 6> reasons{
      {{"end_turn", FinishReason::stop},
       {"stop_sequence", FinishReason::stop},
       {"max_tokens", FinishReason::length},
       {"model_context_window_exceeded", FinishReason::length},
       {"tool_use", FinishReason::tool_calls},
       {"refusal", FinishReason::refusal}}};
  return read_finish_reason(raw, reasons);
}

/// What the end of a message says, whole or streamed.
struct Ending {
  std::string reason, explanation;
};

Completion completion_of(ContentBlocks& blocks, Ending ending) {
  Completion completion;
  completion.finish_reason_raw = std::move(ending.reason);
  completion.finish_reason = finish_reason(completion.finish_reason_raw);
  if (completion.finish_reason == FinishReason::tool_calls && blocks.answered_by_tool())
    completion.finish_reason = FinishReason::stop;
  completion.refusal = std::move(ending.explanation);
  blocks.move_into(completion);
  return completion;
}

void add_block(ContentBlocks& blocks, json::View block, std::int64_t index) {
  const std::string_view type = block["type"].string_or("");
  if (type == "text") {
    blocks.begin_text();
    blocks.add_text(block["text"].string_or(""));
  } else if (type == "thinking") {
    blocks.begin_reasoning();
    blocks.add_reasoning(block["thinking"].string_or(""));
  } else if (type == "tool_use") {
    if (!blocks.begin_tool(index, block["id"].string_or(""), block["name"].string_or(""))) return;
    blocks.add_input(index, block["input"].raw());
  }
}

/// One object of both: of each member the last value that is not null.
std::string merged(const std::string& earlier, json::View later) {
  const auto before = json::parse(earlier.empty() ? "{}" : earlier, json::Limits::foreign());
  if (!before) return std::string(later.raw());
  std::string object;
  json::Writer out(object);
  out.begin_object();
  for (const auto& [name, value] : before->root().members()) {
    const json::View newer = later[name];
    out.key(name).view(newer && !newer.is_null() ? newer : value);
  }
  for (const auto& [name, value] : later.members()) {
    if (!before->root()[name]) out.key(name).view(value);
  }
  out.end_object();
  return object;
}

class AnthropicGathering final : public Gathering {
 public:
  explicit AnthropicGathering(const Deployment& deployment) : deployment_(deployment) {}

  News take(const framing::Event& event) override;
  bool ended() const override { return ended_; }
  bool failed() const override { return error_.has_value() || !unreadable_.empty(); }
  std::string_view text() const override { return blocks_.text(); }
  std::size_t held() const override { return blocks_.held(); }
  Completion take_partial() override;
  Result<Completion, Failure> finish(const http::Response& head) override;

 private:
  News begin_block(json::View root);
  News add_piece(json::View root);
  void begin_message(json::View message);
  void end_message(json::View root);
  void add_usage(json::View usage);

  const Deployment& deployment_;
  ContentBlocks blocks_;
  Ending ending_;
  std::string model_, id_, usage_, unreadable_;
  std::optional<Failure> error_;
  bool ended_ = false, counted_ = false;
};

constexpr auto content_if = [](bool content) { return content ? Gathering::News::content : Gathering::News::nothing; };

Gathering::News AnthropicGathering::take(const framing::Event& event) {
  if (event.data == "[DONE]") return News::nothing;
  const auto document = json::parse(event.data, json::Limits::foreign());
  if (!document || !document->root().is_object()) {
    unreadable_ = "an event of the stream is no JSON object";
    return News::nothing;
  }
  const json::View root = document->root();
  const std::string_view type = root["type"].string_or(event.name);
  if (type == "content_block_delta") return add_piece(root);
  if (type == "content_block_start") return begin_block(root);
  if (type == "message_start") begin_message(root["message"]);
  if (type == "message_delta") end_message(root);
  if (type == "message_stop") ended_ = true;
  if (type == "error" || root["error"]) error_ = failure_in_stream(event, root, deployment_);
  return News::nothing;
}

Gathering::News AnthropicGathering::begin_block(json::View root) {
  const json::View block = root["content_block"];
  const std::string_view type = block["type"].string_or("");
  const std::size_t before = held();
  if (type != "tool_use") {
    add_block(blocks_, block, 0);
    const bool words = !block["text"].string_or("").empty() || !block["thinking"].string_or("").empty();
    return content_if(words && held() > before);
  }
  const std::int64_t index = root["index"].as_int64().value_or(0);
  if (!blocks_.begin_tool(index, block["id"].string_or(""), block["name"].string_or(""))) {
    unreadable_ = "the answer calls more than " + std::to_string(ContentBlocks::most_calls) + " tools";
    return News::nothing;
  }
  blocks_.whole_input(block["input"].raw());
  return News::content;
}

Gathering::News AnthropicGathering::add_piece(json::View root) {
  const json::View delta = root["delta"];
  const std::string_view type = delta["type"].string_or("");
  const std::size_t before = held();
  if (type == "text_delta") blocks_.add_text(delta["text"].string_or(""));
  if (type == "thinking_delta") blocks_.add_reasoning(delta["thinking"].string_or(""));
  if (type == "input_json_delta")
    blocks_.add_input(root["index"].as_int64().value_or(0), delta["partial_json"].string_or(""));
  return content_if(held() > before);
}

void AnthropicGathering::begin_message(json::View message) {
  model_ = short_text(message["model"]);
  id_ = short_text(message["id"]);
  add_usage(message["usage"]);
}

void AnthropicGathering::end_message(json::View root) {
  const json::View delta = root["delta"];
  if (delta["stop_reason"].is_string()) ending_.reason = short_text(delta["stop_reason"]);
  const json::View explanation = delta["stop_details"]["explanation"];
  if (explanation.is_string()) ending_.explanation = std::string(explanation.string_or(""));
  add_usage(root["usage"]);
  counted_ = counted_ || count(root["usage"]["output_tokens"]).has_value();
}

void AnthropicGathering::add_usage(json::View usage) {
  constexpr std::size_t most = std::size_t{16} << 10;
  if (!usage.is_object() || usage.raw().size() > most || usage_.size() > most) return;
  usage_ = usage_.empty() ? std::string(usage.raw()) : merged(usage_, usage);
}

Completion AnthropicGathering::take_partial() {
  Completion completion = completion_of(blocks_, std::exchange(ending_, {}));
  completion.served_model = std::exchange(model_, {});
  completion.request_id = std::exchange(id_, {});
  const auto usage = json::parse(usage_, json::Limits::foreign());
  if (!usage) return completion;
  completion.service_tier = short_text(usage->root()["service_tier"]);
  completion.usage = read_anthropic_usage(usage->root());
  if (!counted_) completion.usage.output = completion.usage.reasoning = std::nullopt;
  return completion;
}

Result<Completion, Failure> AnthropicGathering::finish(const http::Response& head) {
  if (error_) return failure(with_head(*error_, head));
  if (failed()) return failure(malformed(head, deployment_, unreadable_));
  Completion completion = take_partial();
  completion.request_id = request_id(head.headers, completion.request_id);
  flag_answer(completion, deployment_);
  return completion;
}

}  // namespace

Usage read_anthropic_usage(json::View view) {
  Usage usage;
  if (!view.is_object()) return usage;
  usage.raw = raw_usage(view);
  usage.input = count(view["input_tokens"]);
  usage.cached_read = count(view["cache_read_input_tokens"]);
  usage.cache_write_5m = count(view["cache_creation"]["ephemeral_5m_input_tokens"]);
  usage.cache_write_1h = count(view["cache_creation"]["ephemeral_1h_input_tokens"]);
  // The split is the truth where it says anything; servers that only look like Anthropic may send it as zeros.
  if (usage.cache_write_5m.value_or(0) == 0 && usage.cache_write_1h.value_or(0) == 0) {
    usage.cache_write_5m = either(count(view["cache_creation_input_tokens"]), usage.cache_write_5m);
  }
  if (const auto output = count(view["output_tokens"])) {
    usage.reasoning = count(view["output_tokens_details"]["thinking_tokens"]);
    if (usage.reasoning) usage.reasoning = std::min(*usage.reasoning, *output);
    usage.output = *output - usage.reasoning.value_or(0);
  }
  if (usage.input || usage.output) usage.source = UsageSource::provider;
  return usage;
}

Completion anthropic_completion(json::View root, const http::Response& response, const Deployment& deployment) {
  ContentBlocks blocks;
  std::int64_t index = 0;
  for (const json::View block : root["content"].elements()) add_block(blocks, block, index++);

  Completion completion = completion_of(
      blocks, {short_text(root["stop_reason"]), std::string(root["stop_details"]["explanation"].string_or(""))});
  completion.served_model = short_text(root["model"]);
  completion.request_id = request_id(response.headers, root["id"].string_or(""));
  completion.service_tier = short_text(root["usage"]["service_tier"]);
  completion.usage = read_anthropic_usage(root["usage"]);
  flag_answer(completion, deployment);
  return completion;
}

std::unique_ptr<Gathering> anthropic_gathering(const Deployment& deployment) {
  return std::make_unique<AnthropicGathering>(deployment);
}

}  // namespace assay::providers
