#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "providers/deployment.hpp"
#include "providers/family_rules.hpp"
#include "providers/question.hpp"

/// OpenAI's formats: what of a question a deployment can be asked for, decided in one place.
namespace assay::providers {

enum class Wish : std::uint8_t {
  max_tokens,
  temperature,
  top_p,
  seed,
  stop,
  top_k,
  frequency_penalty,
  presence_penalty,
  reasoning_effort,
  reasoning_tokens,
  log_probs,
  response_format,
  tools,
  tool_choice,
  parallel_tool_calls
};

enum class OpenAiApi { chat, responses };

/// What encode() writes, and by elimination what dropped_parameters() names. Refers to question and deployment: for use
/// within one function.
class Wishes {
 public:
  Wishes(const Question& question, const Deployment& deployment, const FamilyRules& rules, OpenAiApi api);

  bool keeps(Wish wish) const { return (kept_ & bit(wish)) != 0; }
  /// The reasoning effort to be sent: the one asked for, or "none" where no tokens may go into it. Empty: none is sent.
  std::string_view effort() const { return effort_; }
  /// By our names, in the order of Wish. A JSON schema that becomes a plain JSON object is named as response_format.
  std::vector<std::string> dropped() const;

 private:
  static constexpr std::uint32_t bit(Wish wish) { return std::uint32_t{1} << static_cast<unsigned>(wish); }
  void ask(Wish wish, bool asked, bool accepted);
  void ask_reasoning(const Asking& asking, const FamilyRules& rules, OpenAiApi api);

  const Profile& profile_;
  std::uint32_t kept_ = 0, dropped_ = 0;
  std::string_view effort_;
};

}  // namespace assay::providers
