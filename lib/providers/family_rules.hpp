#pragma once
#include <string_view>

namespace assay::providers {

/// What a family of models accepts, whoever serves it. Defaults are what most accept.
struct FamilyRules {
  std::string_view max_tokens_field = "max_tokens";  ///< OpenAI's dialect only
  std::string_view system_role = "system";           ///< OpenAI's dialect only
  bool sampling = true;                              ///< temperature, top_p, penalties, log probabilities
  bool stop = true;
  bool sampling_at_rest = false;   ///< takes temperature and its kin where it is told not to reason (effort "none")
  bool penalties = true;           ///< frequency and presence, where it takes temperature
  std::string_view efforts = "*";  ///< the words it knows for reasoning effort, a space between them; "*": any
};

/// The rules for a model's name, also with a path before it ("anthropic/claude-opus-4-8"). Unknown names get the
/// defaults, except a claude newer than the table: from Opus 4.7 on all refuse sampling parameters, so they go without.
FamilyRules rules_for(std::string_view model);

}  // namespace assay::providers
