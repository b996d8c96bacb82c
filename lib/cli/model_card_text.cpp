#include <array>

#include "cli/model_commands.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

namespace assay::cli {
namespace {

using catalogue::KnownModel;

constexpr std::array<std::pair<std::string_view, std::optional<std::int64_t> pricing::Rates::*>, 6> rates{
    {{"input", &pricing::Rates::input},
     {"cached_read", &pricing::Rates::cached_read},
     {"cache_write_5m", &pricing::Rates::cache_write_5m},
     {"cache_write_1h", &pricing::Rates::cache_write_1h},
     {"output", &pricing::Rates::output},
     {"reasoning", &pricing::Rates::reasoning}}};

void write_rates(json::Writer& out, const pricing::Rates& stated) {
  out.begin_object();
  for (const auto& [name, rate] : rates) {
    if (stated.*rate) out.field(name, dollars_per_million(*(stated.*rate)));
  }
  out.end_object();
}

void write_price(json::Writer& out, const pricing::Price& price) {
  out.key("price").begin_object().field("unit", "dollars per million tokens").field("source", price.source);
  if (price.from.since_epoch > 0) out.field("from", pricing::to_string(price.from));
  out.key("rates");
  write_rates(out, price.rates);
  out.key("above_prompt_tokens").begin_array();
  for (const pricing::ContextTier& tier : price.context_tiers) {
    out.begin_object().field("tokens", tier.above_input_tokens).key("rates");
    write_rates(out, tier.rates);
    out.end_object();
  }
  out.end_array().end_object();
}

void write_words(json::Writer& out, std::string_view name, const std::vector<std::string>& words) {
  out.key(name).begin_array();
  for (const std::string& word : words) out.string(word);
  out.end_array();
}

void write_limits(json::Writer& out, const KnownModel& model) {
  if (const auto tokens = model.context_tokens()) out.field("context_tokens", *tokens);
  if (const auto tokens = model.max_output_tokens()) out.field("max_output_tokens", *tokens);
  if (!model.custom) return;
  if (model.custom->requests_per_minute > 0) out.field("requests_per_minute", model.custom->requests_per_minute);
  if (model.custom->tokens_per_minute > 0) out.field("tokens_per_minute", model.custom->tokens_per_minute);
  write_words(out, "task_types", model.custom->task_types);
}

void write_card(json::Writer& out, const catalogue::ModelCard& card) {
  if (card.until) out.field("until", pricing::to_string(*card.until));
  write_words(out, "can", card.can);
  out.field("source", card.source);
}

/// "key: value" lines of a value, parents before their members' names: "price.rates.input: 3.000000000".
void flatten(std::string& out, json::View value, const std::string& path) {
  for (const auto& [name, member] : value.members()) {
    const std::string here = path.empty() ? std::string(name) : path + "." + std::string(name);
    if (member.is_object()) {
      flatten(out, member, here);
      continue;
    }
    std::string text(member.string_or(""));
    for (const json::View item : member.elements()) {
      const std::string part = item.is_object() ? std::string(item.raw()) : std::string(item.string_or(""));
      text += (text.empty() ? "" : ", ") + part;
    }
    if (const auto number = member.as_int64()) text = std::to_string(*number);
    if (const auto truth = member.as_bool()) text = *truth ? "yes" : "no";
    out += (out.empty() ? "" : "\n") + here + ": " + (text.empty() ? "-" : text);
  }
}

}  // namespace

std::string dollars_per_million(std::int64_t rate) {
  std::string text = to_dollars(Money::nanos(rate));
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string to_json(const KnownModel& model) {
  std::string text;
  json::Writer out(text);
  out.begin_object().field("name", model.name);
  if (!model.alias_of.empty()) out.field("alias_of", model.alias_of);
  out.field("provider", model.provider).field("model", model.model);
  out.field("mode", to_string(model.mode())).field("lifecycle", model.lifecycle());
  write_limits(out, model);
  if (model.price) write_price(out, *model.price);
  if (model.card) write_card(out, *model.card);
  out.field("configured", model.custom.has_value()).end_object();
  return text;
}

std::string to_text(const KnownModel& model) {
  const std::string text = to_json(model);
  const auto document = json::parse(text);
  std::string lines;
  if (document) flatten(lines, document->root(), "");
  return lines;
}

}  // namespace assay::cli
