#include "providers/bedrock_answer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "providers/answer_flags.hpp"
#include "providers/bedrock_request.hpp"
#include "providers/content_blocks.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

FinishReason finish_reason(std::string_view raw) {
  constexpr std::array<std::pair<std::string_view, FinishReason>, 7> reasons{
      {{"end_turn", FinishReason::stop},
       {"stop_sequence", FinishReason::stop},
       {"max_tokens", FinishReason::length},
       {"model_context_window_exceeded", FinishReason::length},
       {"tool_use", FinishReason::tool_calls},
       {"guardrail_intervened", FinishReason::content_filter},
       {"content_filtered", FinishReason::content_filter}}};
  return read_finish_reason(raw, reasons);
}

/// Whether the total is neither of the two sums that AWS has been seen to make.
bool contradicts_total(json::View usage) {
  const auto input = count(usage["inputTokens"]), output = count(usage["outputTokens"]);
  const auto total = count(usage["totalTokens"]);
  if (!input || !output || !total) return false;
  const std::int64_t plain = *input + *output;
  const std::int64_t cache =
      count(usage["cacheReadInputTokens"]).value_or(0) + count(usage["cacheWriteInputTokens"]).value_or(0);
  return *total != plain && *total != plain + cache;
}

void read_cache_writes(json::View view, Usage& usage) {
  std::optional<std::int64_t> hour, minutes;
  for (const json::View detail : view["cacheDetails"].elements()) {
    const auto tokens = count(detail["inputTokens"]);
    auto& part = detail["ttl"].string_or("") == "1h" ? hour : minutes;
    if (tokens) part = part.value_or(0) + *tokens;
  }
  const auto whole = count(view["cacheWriteInputTokens"]);
  if (whole && hour) hour = std::min(*hour, *whole);
  usage.cache_write_1h = hour;
  usage.cache_write_5m = whole ? std::optional(*whole - hour.value_or(0)) : minutes;
}

Completion completion_of(ContentBlocks& blocks, std::string reason) {
  Completion completion;
  completion.finish_reason_raw = std::move(reason);
  completion.finish_reason = finish_reason(completion.finish_reason_raw);
  if (completion.finish_reason == FinishReason::tool_calls && blocks.answered_by_tool())
    completion.finish_reason = FinishReason::stop;
  blocks.move_into(completion);
  return completion;
}

/// A filtered answer without text is no answer.
Result<Completion, Failure> judged(Completion completion, json::View usage, const http::Response& response,
                                   const Deployment& deployment) {
  completion.request_id = request_id(response.headers);
  if (completion.finish_reason == FinishReason::content_filter && completion.text.empty()) {
    Failure filtered = malformed(response, deployment, "the vendor's filter kept the answer back");
    filtered.kind = Failure::Kind::content_filter;
    filtered.vendor_code = completion.finish_reason_raw;
    filtered.partial = std::make_shared<const Completion>(std::move(completion));
    return failure(std::move(filtered));
  }
  if (contradicts_total(usage)) flag(completion, completion_flags::usage_mismatch);
  flag_answer(completion, deployment);
  return completion;
}

class BedrockGathering final : public Gathering {
 public:
  explicit BedrockGathering(const Deployment& deployment) : deployment_(deployment) {}

  News take(const framing::Event& event) override;
  bool ended() const override { return stopped_ && counted_; }
  bool failed() const override { return exception_.has_value() || !unreadable_.empty(); }
  std::string_view text() const override { return blocks_.text(); }
  std::size_t held() const override { return blocks_.held(); }
  Completion take_partial() override;
  Result<Completion, Failure> finish(const http::Response& head) override;

 private:
  News begin_block(json::View root);
  News add_piece(json::View root);
  void add_text(std::int64_t index, std::string_view piece);
  void add_reasoning(std::int64_t index, std::string_view piece);

  const Deployment& deployment_;
  ContentBlocks blocks_;
  std::string reason_, tier_, usage_, unreadable_;
  std::optional<Failure> exception_;
  std::int64_t text_index_ = -1, reasoning_index_ = -1;  // the block that the last piece belonged to
  bool stopped_ = false, counted_ = false;
};

Gathering::News BedrockGathering::take(const framing::Event& event) {
  if (event.exception) {
    const auto document = json::parse(event.data, json::Limits::foreign());
    exception_ = failure_in_stream(event, document ? document->root() : json::View(), deployment_);
    return News::nothing;
  }
  const bool known = event.name == "contentBlockDelta" || event.name == "contentBlockStart" ||
                     event.name == "messageStop" || event.name == "metadata";
  if (!known) return News::nothing;
  const auto document = json::parse(event.data, json::Limits::foreign());
  if (!document || !document->root().is_object()) {
    unreadable_ = "an event of the stream is no JSON object";
    return News::nothing;
  }
  const json::View root = document->root();
  if (event.name == "contentBlockDelta") return add_piece(root);
  if (event.name == "contentBlockStart") return begin_block(root);
  if (event.name == "messageStop") {
    reason_ = short_text(root["stopReason"]);
    stopped_ = true;
  } else {
    constexpr std::size_t most = std::size_t{16} << 10;
    if (root["usage"].raw().size() <= most) usage_ = root["usage"].raw();
    tier_ = short_text(root["serviceTier"]["type"]);
    counted_ = true;
  }
  return News::nothing;
}

Gathering::News BedrockGathering::begin_block(json::View root) {
  const json::View tool = root["start"]["toolUse"];
  if (!tool.is_object()) return News::nothing;
  const std::int64_t index = root["contentBlockIndex"].as_int64().value_or(0);
  if (blocks_.begin_tool(index, tool["toolUseId"].string_or(""), tool["name"].string_or(""))) return News::content;
  unreadable_ = "the answer calls more than " + std::to_string(ContentBlocks::most_calls) + " tools";
  return News::nothing;
}

void BedrockGathering::add_text(std::int64_t index, std::string_view piece) {
  if (std::exchange(text_index_, index) != index) blocks_.begin_text();
  blocks_.add_text(piece);
}

void BedrockGathering::add_reasoning(std::int64_t index, std::string_view piece) {
  if (std::exchange(reasoning_index_, index) != index) blocks_.begin_reasoning();
  blocks_.add_reasoning(piece);
}

Gathering::News BedrockGathering::add_piece(json::View root) {
  const std::int64_t index = root["contentBlockIndex"].as_int64().value_or(0);
  const json::View delta = root["delta"];
  const std::size_t before = held();
  if (const auto text = delta["text"].as_string()) add_text(index, *text);
  if (const auto text = delta["reasoningContent"]["text"].as_string()) add_reasoning(index, *text);
  if (const json::View input = delta["toolUse"]["input"])
    blocks_.add_input(index, input.is_string() ? input.string_or("") : input.raw());
  return held() > before ? News::content : News::nothing;
}

Completion BedrockGathering::take_partial() {
  Completion completion = completion_of(blocks_, std::exchange(reason_, {}));
  completion.service_tier = std::exchange(tier_, {});
  if (const auto usage = json::parse(usage_, json::Limits::foreign()))
    completion.usage = read_bedrock_usage(usage->root(), of_family(deployment_.model, "openai"));
  return completion;
}

Result<Completion, Failure> BedrockGathering::finish(const http::Response& head) {
  if (exception_) return failure(with_head(*exception_, head));
  if (failed()) return failure(malformed(head, deployment_, unreadable_));
  Completion completion = take_partial();
  completion.streamed = true;  // also as what is left of a filtered answer
  const auto usage = json::parse(usage_, json::Limits::foreign());
  return judged(std::move(completion), usage ? usage->root() : json::View(), head, deployment_);
}

}  // namespace

Usage read_bedrock_usage(json::View view, bool inclusive) {
  Usage usage;
  if (!view.is_object()) return usage;
  usage.raw = raw_usage(view);
  usage.input = count(view["inputTokens"]);
  usage.cached_read = count(view["cacheReadInputTokens"]);
  read_cache_writes(view, usage);
  usage.output = count(view["outputTokens"]);
  const std::int64_t cache =
      usage.cached_read.value_or(0) + usage.cache_write_5m.value_or(0) + usage.cache_write_1h.value_or(0);
  const auto total = count(view["totalTokens"]);
  const bool inside = inclusive && usage.input && usage.output && total && cache > 0 && *usage.input >= cache &&
                      *usage.input + *usage.output + cache > *total;
  if (inside) usage.input = *usage.input - cache;
  if (usage.input || usage.output) usage.source = UsageSource::provider;
  return usage;
}

Result<Completion, Failure> bedrock_completion(json::View root, const http::Response& response,
                                               const Deployment& deployment) {
  ContentBlocks blocks;
  std::int64_t index = 0;
  for (const json::View block : root["output"]["message"]["content"].elements()) {
    ++index;
    if (const auto text = block["text"].as_string()) {
      blocks.begin_text();
      blocks.add_text(*text);
    }
    if (const auto thought = block["reasoningContent"]["reasoningText"]["text"].as_string()) {
      blocks.begin_reasoning();
      blocks.add_reasoning(*thought);
    }
    const json::View tool = block["toolUse"];
    if (tool.is_object() && blocks.begin_tool(index, tool["toolUseId"].string_or(""), tool["name"].string_or("")))
      blocks.add_input(index, tool["input"].raw());
  }
  Completion completion = completion_of(blocks, short_text(root["stopReason"]));
  completion.service_tier = short_text(root["serviceTier"]["type"]);
  completion.usage = read_bedrock_usage(root["usage"], false);
  return judged(std::move(completion), root["usage"], response, deployment);
}

std::unique_ptr<Gathering> bedrock_gathering(const Deployment& deployment) {
  return std::make_unique<BedrockGathering>(deployment);
}

}  // namespace assay::providers
