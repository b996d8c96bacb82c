#pragma once
#include <string_view>

namespace assay::providers {

/// What a Claude accepts, by its name, whoever serves it. Sources: Anthropic's reference of messages and its notes on
/// each model, of 2026. A Claude that is newer than the table is taken to refuse what the newest refuses.
struct ClaudeRules {
  enum class Thinking {
    none,    ///< does not know `thinking`
    budget,  ///< {"type":"enabled","budget_tokens":…}
    either,  ///< that, or adaptive with an effort
    adaptive
  };
  bool sampling = true;  ///< temperature, top_p, top_k: none after Opus 4.6
  bool both = true;      ///< temperature and top_p at once: not from Opus 4.1 on
  bool xhigh = false;    ///< knows the effort "xhigh"; others get "high"
  bool schema = false;   ///< output_config.format and strict tools: from 4.5 on
  Thinking thinking = Thinking::budget;
};

/// For names as Anthropic, Bedrock and gateways write them: "claude-opus-4-1-20250805", "anthropic/claude-opus-4.7",
/// "us.anthropic.claude-3-5-sonnet-20241022-v2:0". A model that is no Claude gets the defaults.
ClaudeRules claude_rules(std::string_view model);

bool is_claude(std::string_view model);

}  // namespace assay::providers
