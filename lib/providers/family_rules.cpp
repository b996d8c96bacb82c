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
constexpr FamilyRules chat{"max_completion_tokens", "system", true, true};
constexpr FamilyRules reasoning{"max_completion_tokens", "system", false, true};
constexpr FamilyRules reasoning_no_stop{"max_completion_tokens", "system", false, false};
constexpr FamilyRules reasoning_no_system{"max_completion_tokens", "user", false, true};

/// The first that matches counts. Sources: OpenAI's reference of chat completions (max_tokens is refused by reasoning
/// models; o3 and o4-mini take no stop; o1-mini and o1-preview no system message) and Anthropic's of messages (models
/// after Opus 4.6 refuse temperature, top_p and top_k), both of 2026.
constexpr std::array<Family, 17> families{{
    {"o1-mini*", reasoning_no_system},
    {"o1-preview*", reasoning_no_system},
    {"o1", reasoning},
    {"o1-*", reasoning},
    {"o3", reasoning_no_stop},
    {"o3-*", reasoning_no_stop},
    {"o4", reasoning_no_stop},
    {"o4-*", reasoning_no_stop},
    {"gpt-5*-chat*", chat},
    {"gpt-5*", reasoning},
    {"claude-instant*", usual},
    {"claude-2*", usual},
    {"claude-3*", usual},
    {"claude-@-4-7*", no_sampling},
    {"claude-@-4-8*", no_sampling},
    {"claude-@-4*", usual},
    {"claude-*", no_sampling},
}};

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
