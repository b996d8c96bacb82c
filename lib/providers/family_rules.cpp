#include "providers/family_rules.hpp"

#include <array>

namespace assay::providers {
namespace {

struct Family {
  std::string_view pattern;  ///< "*" stands for any text, "@" for one word of letters
  FamilyRules rules;
};

constexpr FamilyRules usual{};
constexpr FamilyRules no_sampling{"max_tokens", "system", false, true};
constexpr FamilyRules chat{"max_completion_tokens", "system", true, true, false, true, ""};
constexpr FamilyRules older_chat{"max_tokens", "system", true, true, false, true, ""};
constexpr FamilyRules o_series{"max_completion_tokens", "system", false, true, false, true, "low medium high"};
constexpr FamilyRules o_series_no_stop{"max_completion_tokens", "system", false, false, false, true, "low medium high"};
constexpr FamilyRules o_series_no_system{"max_completion_tokens", "user", false, true, false, true, ""};
constexpr FamilyRules gpt_5{"max_completion_tokens", "system", false, true, false, true, "minimal low medium high"};
constexpr FamilyRules gpt_5_pro{"max_completion_tokens", "system", false, true, false, true, "high"};
constexpr FamilyRules gpt_5_point{"max_completion_tokens",         "system", false, true, true, true,
                                  "none low medium high xhigh max"};
constexpr FamilyRules reasoning_grok{"max_tokens", "system", true, false, false, false, ""};
constexpr FamilyRules small_grok{"max_tokens", "system", true, false, false, false, "low high"};

/// The first that matches counts. Sources: OpenAI's reference of chat completions (max_tokens is refused by reasoning
/// models; o3 and o4-mini take no stop; o1-mini and o1-preview no system message; gpt-5.1 and later sample as they are
/// told when effort is none; models that do not reason refuse an effort), Anthropic's of messages (models after
/// Opus 4.6 refuse temperature, top_p and top_k), xAI's and DeepSeek's of their reasoning models, all of 2026.
constexpr std::array families{
    Family{"o1-mini*", o_series_no_system},
    Family{"o1-preview*", o_series_no_system},
    Family{"o1", o_series},
    Family{"o1-*", o_series},
    Family{"o3", o_series_no_stop},
    Family{"o3-*", o_series_no_stop},
    Family{"o4", o_series_no_stop},
    Family{"o4-*", o_series_no_stop},
    Family{"gpt-5*-chat*", chat},
    Family{"gpt-5-pro*", gpt_5_pro},
    Family{"gpt-5.*", gpt_5_point},
    Family{"gpt-5*", gpt_5},
    Family{"gpt-4*", older_chat},
    Family{"gpt-3.5*", older_chat},
    Family{"chatgpt-*", older_chat},
    Family{"grok*non-reasoning*", usual},
    Family{"grok-3-mini*", small_grok},
    Family{"grok-4*", reasoning_grok},
    Family{"deepseek-reasoner*", no_sampling},
    Family{"claude-instant*", usual},
    Family{"claude-2*", usual},
    Family{"claude-3*", usual},
    Family{"claude-@-4-7*", no_sampling},
    Family{"claude-@-4-8*", no_sampling},
    Family{"claude-@-4*", usual},
    Family{"claude-*", no_sampling},
};

constexpr bool letter(char c) {
  return c >= 'a' && c <= 'z';
}

/// Linear in the text: a pattern has at most two stars, and one at its end matches at once.
bool matches(std::string_view pattern, std::string_view text) {
  while (!pattern.empty() && pattern.front() != '*') {
    if (text.empty()) return false;
    if (pattern.front() == '@') {
      if (!letter(text.front())) return false;
      while (!text.empty() && letter(text.front())) text.remove_prefix(1);
    } else {
      if (text.front() != pattern.front()) return false;
      text.remove_prefix(1);
    }
    pattern.remove_prefix(1);
  }
  if (pattern.empty()) return text.empty();
  if (pattern == "*") return true;
  for (std::size_t skip = 0; skip <= text.size(); ++skip) {
    if (matches(pattern.substr(1), text.substr(skip))) return true;
  }
  return false;
}

}  // namespace

FamilyRules rules_for(std::string_view model) {
  model = model.substr(model.rfind('/') + 1);  // npos + 1 is 0
  for (const Family& family : families) {
    if (matches(family.pattern, model)) return family.rules;
  }
  return usual;
}

}  // namespace assay::providers
