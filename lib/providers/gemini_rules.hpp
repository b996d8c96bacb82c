#pragma once
#include <string>
#include <string_view>

namespace assay::providers {

/// What a family of Gemini's models is told, and how. Sources: Google's reference of generateContent and its pages on
/// thinking and on its OpenAI compatible surface, 2026.
struct GeminiRules {
  enum class Thinking {
    none,    ///< 1.x, 2.0, Gemma: nothing may be said of it
    budget,  ///< 2.x from 2.5 on: thinkingBudget, tokens
    level    ///< 3.x and later, and names without a version ("gemini-flash-latest"): thinkingLevel
  };
  Thinking thinking = Thinking::level;
  bool can_stop_thinking = false;  ///< a budget of 0, or the level MINIMAL, is taken
  bool system_instruction = true;  ///< false: the prompt goes as the first part of the first user turn
  bool signed_calls = false;       ///< a function call that is sent back must carry a thought signature
};

/// The rules for a model's name; "models/" and other paths before it do not matter.
GeminiRules gemini_rules(std::string_view model);

/// What an effort means: "thinkingLevel" for 3.x ("LOW"), "thinkingBudget" for 2.x ("8192"). Empty: the model cannot be
/// asked for it.
std::string gemini_thinking(const GeminiRules& rules, std::string_view effort);

}  // namespace assay::providers
