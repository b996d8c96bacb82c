#include "providers/openai_wishes.hpp"

#include <algorithm>
#include <array>

#include "json/document.hpp"

namespace assay::providers {
namespace {

constexpr std::array<std::string_view, 15> names{"max_tokens",
                                                 "temperature",
                                                 "top_p",
                                                 "seed",
                                                 "stop",
                                                 "top_k",
                                                 "frequency_penalty",
                                                 "presence_penalty",
                                                 "reasoning_effort",
                                                 "reasoning_tokens",
                                                 "log_probs",
                                                 "response_format",
                                                 "tools",
                                                 "tool_choice",
                                                 "parallel_tool_calls"};

/// Whether a list of words with spaces between them has this one.
bool has_word(std::string_view words, std::string_view word) {
  if (words == "*") return true;
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

bool is_schema(const std::string& response_format) {
  const auto format = json::parse(response_format);
  return format && format->root()["type"].string_or("") == "json_schema";
}

std::string_view name_of(Wish wish) {
  return names[static_cast<std::size_t>(wish)];
}

bool drops(const Profile& profile, Wish wish) {
  const auto& dropped = profile.drop_parameters;
  return std::find(dropped.begin(), dropped.end(), name_of(wish)) != dropped.end();
}

}  // namespace

Wishes::Wishes(const Question& question, const Deployment& deployment, const FamilyRules& rules, OpenAiApi api)
    : profile_(deployment.profile) {
  const Sampling& sampling = question.sampling;
  const Asking& asking = sampling.asked();
  const bool chat = api == OpenAiApi::chat;
  ask_reasoning(asking, rules, api);
  const bool samples = rules.sampling || (rules.sampling_at_rest && effort_ == "none");
  ask(Wish::max_tokens, sampling.max_tokens.has_value(), true);
  ask(Wish::temperature, sampling.temperature.has_value(), samples);
  ask(Wish::top_p, sampling.top_p.has_value(), samples);
  ask(Wish::seed, sampling.seed.has_value(), chat && !profile_.seed_field.empty());
  ask(Wish::stop, !sampling.stop.empty(), chat && rules.stop);
  if (!sampling.asking) return;

  ask(Wish::top_k, asking.top_k.has_value(), chat && samples && profile_.top_k);
  ask(Wish::frequency_penalty, asking.frequency_penalty.has_value(), chat && samples && rules.penalties);
  ask(Wish::presence_penalty, asking.presence_penalty.has_value(), chat && samples && rules.penalties);
  ask(Wish::log_probs, asking.log_probs, samples);
  ask(Wish::response_format, !asking.response_format.empty(), true);
  if (chat && keeps(Wish::response_format) && !profile_.json_schema && is_schema(asking.response_format))
    dropped_ |= bit(Wish::response_format);
  ask(Wish::tools, !asking.tools.empty(), profile_.tools);
  ask(Wish::tool_choice, !asking.tool_choice.empty(), keeps(Wish::tools));
  ask(Wish::parallel_tool_calls, asking.parallel_tool_calls.has_value(), keeps(Wish::tools));
}

/// A number of tokens can be told to few. None at all is an effort of "none" where the model knows that word.
void Wishes::ask_reasoning(const Asking& asking, const FamilyRules& rules, OpenAiApi api) {
  const bool object = api == OpenAiApi::chat && profile_.reasoning_field == "reasoning";
  const bool any_field = api == OpenAiApi::responses || !profile_.reasoning_field.empty();
  const bool none = asking.reasoning_tokens == 0;
  const bool counted = asking.reasoning_tokens && object && !none && !drops(profile_, Wish::reasoning_tokens);
  ask(Wish::reasoning_effort, !asking.reasoning_effort.empty(),
      any_field && !counted && has_word(rules.efforts, asking.reasoning_effort));
  if (keeps(Wish::reasoning_effort)) effort_ = asking.reasoning_effort;
  const bool says_none = none && asking.reasoning_effort.empty() && any_field && has_word(rules.efforts, "none");
  ask(Wish::reasoning_tokens, asking.reasoning_tokens.has_value(), counted || says_none || (none && effort_ == "none"));
  if (says_none && keeps(Wish::reasoning_tokens)) effort_ = "none";
}

void Wishes::ask(Wish wish, bool asked, bool accepted) {
  if (asked) (accepted && !drops(profile_, wish) ? kept_ : dropped_) |= bit(wish);
}

std::vector<std::string> Wishes::dropped() const {
  std::vector<std::string> dropped;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (dropped_ & bit(static_cast<Wish>(i))) dropped.emplace_back(names[i]);
  }
  return dropped;
}

}  // namespace assay::providers
