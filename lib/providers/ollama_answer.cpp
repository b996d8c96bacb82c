#include "providers/ollama_answer.hpp"

#include <utility>

#include "json/writer.hpp"
#include "providers/answer_flags.hpp"
#include "providers/ollama.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

FinishReason finish_reason(std::string_view raw, bool calls) {
  if (raw == "length") return FinishReason::length;
  if (raw == "stop" || raw.empty()) return calls ? FinishReason::tool_calls : FinishReason::stop;
  return FinishReason::other;  // load, unload: no model was asked
}

}  // namespace

Gathering::News OllamaAnswer::take(const framing::Event& event) {
  const auto document = parse_answer(event.data);
  if (document) return take(document->root());
  if (ended()) return News::nothing;  // the answer is whole, whatever follows it
  http::Response unread;
  unread.status = 200;
  const json::ParseError& fault = document.error();
  broken_ = malformed(unread, deployment_, "a line of the stream is not JSON: " + json::to_string(fault));
  // The last line may lack its end mark: half an object there is a stream that was cut.
  if (fault.offset >= event.data.size()) broken_->kind = Failure::Kind::cut_off;
  return News::nothing;
}

Gathering::News OllamaAnswer::take(json::View line) {
  broken_ = failure_in_stream({{}, line.raw(), false}, line, deployment_);
  if (broken_ || done_) return News::nothing;
  if (const auto model = line["model"].as_string()) answer_.served_model = short_text(*model);
  const bool content = take_message(line["message"]);
  for (const json::View token : line["logprobs"].elements()) {
    if (const auto log_prob = token["logprob"].as_double()) answer_.log_probs.push_back(*log_prob);
  }
  if (line["done"].as_bool().value_or(false)) take_end(line);
  return content ? News::content : News::nothing;
}

bool OllamaAnswer::take_message(json::View message) {
  const std::size_t before = held();
  answer_.text += message["content"].string_or("");
  answer_.reasoning += message["thinking"].string_or("");
  for (const json::View call : message["tool_calls"].elements()) {
    const json::View function = call["function"];
    calls_.add(call["id"].string_or(""), function["name"].string_or(""), function["arguments"]);
  }
  return held() > before;
}

void OllamaAnswer::take_end(json::View line) {
  done_ = true;
  answer_.finish_reason_raw = short_text(line["done_reason"]);
  answer_.usage = read_ollama_usage(line);
  const std::int64_t context = deployment_.context_tokens;
  if (context > 0 && answer_.usage.input.value_or(0) >= context) flag(answer_, completion_flags::prompt_truncated);
}

std::size_t OllamaAnswer::held() const {
  return answer_.text.size() + answer_.reasoning.size() + calls_.bytes() + answer_.log_probs.size() * sizeof(double);
}

Completion OllamaAnswer::take_partial() {
  if (done_) answer_.finish_reason = finish_reason(answer_.finish_reason_raw, !calls_.empty());
  answer_.tool_calls = calls_.take();
  return std::exchange(answer_, {});
}

Result<Completion, Failure> OllamaAnswer::finish(const http::Response& head) {
  if (broken_) return failure(with_head(std::move(*broken_), head));
  Completion completion = take_partial();
  completion.request_id = request_id(head.headers);
  flag_answer(completion, deployment_);
  return completion;
}

Usage read_ollama_usage(json::View line) {
  Usage usage;
  usage.input = count(line["prompt_eval_count"]);
  usage.output = count(line["eval_count"]);
  json::Writer out(usage.raw);
  out.begin_object();
  for (const char* member : {"prompt_eval_count", "eval_count", "total_duration", "load_duration",
                             "prompt_eval_duration", "eval_duration"}) {
    if (line[member].is_number()) out.key(member).raw(line[member].number_text());
  }
  out.end_object();
  if (usage.raw == "{}" || usage.raw.size() > 4096) usage.raw.clear();
  if (usage.input || usage.output) usage.source = UsageSource::provider;
  return usage;
}

}  // namespace assay::providers
