#pragma once
#include <string>
#include <vector>

#include "tests/system/canaries.hpp"

namespace assay::testing {

/// How a vendor gives a secret away: in messages, whole, masked and in part, in codes, ids, headers, pages, models,
/// reasons, usage, events before and inside a stream, redirects.
struct Way {
  std::string name;
  bool has_label = false;  ///< a name stands before it that gives away any secret
};
const std::vector<Way>& ways();

/// What is asked to be given the n-th of `secrets` in this way.
std::string words_for(const Way& way, std::size_t n);

/// Adds the rule of a fake provider's script that gives `secret` away to whoever asks the provider's model for it.
void add_echo(std::string& rules, const CanaryProvider& provider, std::size_t way, std::size_t n,
              const std::string& secret);
std::string script_of(const std::string& rules, const std::vector<std::string>& models);

/// Every way of every secret as a case.
std::string suite_of(const std::string& name, bool streamed, std::size_t secrets);

}  // namespace assay::testing
