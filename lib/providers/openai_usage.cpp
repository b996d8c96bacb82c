#include "providers/openai_usage.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "providers/answer_flags.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

using Count = std::optional<std::int64_t>;

/// Prompt tokens written to a cache, by lifetime. OpenAI names one class; proxies before Anthropic split it.
void read_cache_writes(json::View usage, json::View details, Usage& into) {
  const json::View split = details["cache_creation_token_details"];
  into.cache_write_1h = count(split["ephemeral_1h_input_tokens"]);
  into.cache_write_5m = count(split["ephemeral_5m_input_tokens"]);
  if (into.cache_write_5m || into.cache_write_1h) return;
  into.cache_write_5m = either(either(count(details["cache_write_tokens"]), count(details["cache_creation_tokens"])),
                               count(usage["cache_creation_input_tokens"]));
}

Count cached_tokens(json::View usage, json::View details) {
  const Count usual = either(count(details["cached_tokens"]), count(usage["prompt_token_details"]["cached_tokens"]));
  const Count others = either(count(usage["prompt_cache_hit_tokens"]), count(usage["num_cached_tokens"]));
  return either(either(usual, others), count(usage["cache_read_input_tokens"]));
}

/// Takes a part out of what is left of its whole.
void take(Count& part, std::int64_t& left) {
  if (!part) return;
  part = std::min(*part, left);
  left -= *part;
}

/// Whether the answer's count leaves its reasoning out, as the total shows (xAI).
bool reasoning_outside(json::View usage, const UsageNames& names, std::int64_t answer, std::int64_t reasoning) {
  const Count total = count(usage["total_tokens"]), prompt = count(usage[names.prompt]);
  return reasoning > answer || (reasoning > 0 && total && prompt && *total == *prompt + answer + reasoning);
}

bool negative(json::View value) {
  return value.as_int64().value_or(0) < 0;
}

/// A charge as written; empty when there is none or it is no amount.
std::string charge(json::View usage) {
  json::View cost = usage["cost"];
  if (cost.is_object()) cost = cost["total_cost"];
  std::string text = short_text(cost);
  if (text.find_first_not_of("0123456789.eE+-") != std::string::npos || text.starts_with('-')) text.clear();
  return text;
}

}  // namespace

Usage read_openai_usage(json::View view, const UsageNames& names) {
  Usage usage;
  if (!view.is_object()) return usage;
  usage.raw = raw_usage(view);
  if (const Count prompt = count(view[names.prompt])) {
    const json::View details = view[names.prompt_details];
    usage.cached_read = cached_tokens(view, details);
    read_cache_writes(view, details, usage);
    std::int64_t left = *prompt;
    take(usage.cached_read, left);
    take(usage.cache_write_5m, left);
    take(usage.cache_write_1h, left);
    usage.input = left;
  }
  if (const Count answer = count(view[names.answer])) {
    usage.reasoning = count(view[names.answer_details]["reasoning_tokens"]);
    const std::int64_t reasoning = usage.reasoning.value_or(0);
    usage.output = reasoning_outside(view, names, *answer, reasoning) ? *answer : *answer - reasoning;
  }
  if (usage.input || usage.output) usage.source = UsageSource::provider;
  return usage;
}

bool contradicts_itself(json::View view, const UsageNames& names) {
  const json::View details = view[names.prompt_details], answered = view[names.answer_details];
  const json::View reasoned = answered["reasoning_tokens"], cached = details["cached_tokens"];
  for (const json::View value : {view[names.prompt], view[names.answer], view["total_tokens"], reasoned, cached}) {
    if (negative(value)) return true;
  }
  const Count prompt = count(view[names.prompt]), answer = count(view[names.answer]);
  const Count total = count(view["total_tokens"]), reasoning = count(reasoned);
  if (prompt) {
    Usage parts;
    read_cache_writes(view, details, parts);
    parts.cached_read = cached_tokens(view, details);
    if (parts.prompt_tokens() > *prompt) return true;
    const Count hit = count(view["prompt_cache_hit_tokens"]), miss = count(view["prompt_cache_miss_tokens"]);
    if (hit && miss && *hit + *miss != *prompt) return true;
  }
  if (!prompt || !answer) return false;
  const std::int64_t sum = *prompt + *answer, thought = reasoning.value_or(0);
  if (total && *total != sum && *total != sum + thought) return true;
  return thought > *answer && total != sum + thought;
}

void add_usage(json::View usage, Completion& completion, const UsageNames& names) {
  if (!usage.is_object()) return;
  completion.usage = read_openai_usage(usage, names);
  std::erase(completion.flags, completion_flags::usage_mismatch);
  if (auto stated = charge(usage); !stated.empty()) completion.reported_cost = std::move(stated);
  if (contradicts_itself(usage, names)) flag(completion, completion_flags::usage_mismatch);
}

}  // namespace assay::providers
