#include "providers/claude_rules.hpp"

#include <algorithm>
#include <compare>
#include <optional>

namespace assay::providers {
namespace {

constexpr bool digit(char c) {
  return c >= '0' && c <= '9';
}

/// One or two digits; "v2" is 2; a date is no number of a version.
std::optional<int> small_number(std::string_view part) {
  if (part.starts_with('v')) part.remove_prefix(1);
  if (part.empty() || part.size() > 2) return std::nullopt;
  int number = 0;
  for (const char c : part) {
    if (!digit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

struct Version {
  int major = 99, minor = 99;  ///< newer than all when the name does not say
  friend auto operator<=>(const Version&, const Version&) = default;
};

/// The first small number of the name, and the one that follows it at once.
Version version_of(std::string_view name) {
  std::optional<int> major;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("-.:@_"), name.size());
    const auto number = small_number(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
    if (major) return {*major, number.value_or(0)};
    major = number;
  }
  return major ? Version{*major, 0} : Version{};
}

std::string_view from_claude(std::string_view model) {
  const std::size_t at = model.rfind("claude");
  return at == std::string_view::npos ? std::string_view() : model.substr(at);
}

ClaudeRules::Thinking thinking_of(Version version) {
  if (version < Version{3, 7}) return ClaudeRules::Thinking::none;
  if (version < Version{4, 6}) return ClaudeRules::Thinking::budget;
  return version == Version{4, 6} ? ClaudeRules::Thinking::either : ClaudeRules::Thinking::adaptive;
}

}  // namespace

bool is_claude(std::string_view model) {
  return !from_claude(model).empty();
}

ClaudeRules claude_rules(std::string_view model) {
  const std::string_view name = from_claude(model);
  if (name.empty()) return {};
  const Version version = version_of(name);
  ClaudeRules rules;
  rules.sampling = version <= Version{4, 6};
  rules.both = version < Version{4, 1};
  rules.xhigh = version > Version{4, 6};
  rules.schema = version >= Version{4, 5};
  rules.thinking = thinking_of(version);
  return rules;
}

}  // namespace assay::providers
