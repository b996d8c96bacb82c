#include "providers/gemini_rules.hpp"

#include <array>

namespace assay::providers {
namespace {

using Thinking = GeminiRules::Thinking;

struct Family {
  std::string_view prefix;
  GeminiRules rules;
};

/// The first whose prefix fits counts. Gemini 1.0 and Gemma refuse a system instruction ("Developer instruction is not
/// enabled"); the Pro models always think.
constexpr std::array families{
    Family{"gemini-1.0", {Thinking::none, true, false, false}},
    Family{"gemini-pro-latest", {Thinking::level, false, true, true}},
    Family{"gemini-pro", {Thinking::none, true, false, false}},
    Family{"gemma", {Thinking::none, true, false, false}},
    Family{"gemini-1.", {Thinking::none, true, true, false}},
    Family{"gemini-2.0", {Thinking::none, true, true, false}},
    Family{"gemini-2.5-pro", {Thinking::budget, false, true, false}},
    Family{"gemini-2.", {Thinking::budget, true, true, false}},
};

bool has_word(std::string_view name, std::string_view word) {
  return name.find(word) != std::string_view::npos;
}

struct Effort {
  std::string_view name, level, budget;
};

/// Google's own table of OpenAI's efforts; what it lacks goes to the nearest.
constexpr std::array efforts{
    Effort{"minimal", "MINIMAL", "1024"}, Effort{"low", "LOW", "1024"},     Effort{"medium", "MEDIUM", "8192"},
    Effort{"high", "HIGH", "24576"},      Effort{"xhigh", "HIGH", "24576"}, Effort{"max", "HIGH", "24576"},
};

}  // namespace

GeminiRules gemini_rules(std::string_view model) {
  model = model.substr(model.rfind('/') + 1);  // npos + 1 is 0
  for (const Family& family : families) {
    if (model.starts_with(family.prefix)) return family.rules;
  }
  return {Thinking::level, has_word(model, "flash"), true, true};
}

std::string gemini_thinking(const GeminiRules& rules, std::string_view effort) {
  if (rules.thinking == Thinking::none) return {};
  const bool by_level = rules.thinking == Thinking::level;
  if (effort == "none") return !rules.can_stop_thinking ? "" : by_level ? "MINIMAL" : "0";
  if (effort == "minimal" && by_level && !rules.can_stop_thinking) return "LOW";
  for (const Effort& known : efforts) {
    if (known.name == effort) return std::string(by_level ? known.level : known.budget);
  }
  return {};
}

}  // namespace assay::providers
