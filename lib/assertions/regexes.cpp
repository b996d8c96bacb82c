#include "assertions/regexes.hpp"

#include <algorithm>
#include <utility>

namespace assay::assertions {
namespace {

constexpr std::size_t least_regex_memory = std::size_t{256} << 10, most_regex_memory = std::size_t{4} << 20;

}  // namespace

Regexes::Regexes(std::size_t patterns, const SuiteBounds& bounds) : bounds_(bounds) {
  const std::size_t share = bounds.regex_memory_bytes / std::max<std::size_t>(patterns, 1);
  each_.memory_bytes = std::clamp(share, least_regex_memory, most_regex_memory);
}

Result<std::shared_ptr<const regex::Regex>, std::string> Regexes::get(const std::string& pattern,
                                                                      const std::string& flags) {
  if (const auto known = known_.find({pattern, flags}); known != known_.end()) return known->second;
  auto regex = regex::Regex::compile(pattern, flags, each_);
  if (!regex) return failure(std::move(regex.error()));
  instructions_ += regex->program_size();
  if (instructions_ > bounds_.regex_instructions) {
    return failure("the suite's regexes together exceed " + std::to_string(bounds_.regex_instructions) +
                   " instructions");
  }
  return known_[{pattern, flags}] = std::make_shared<const regex::Regex>(std::move(*regex));
}

bool is_senseless(regex::Refusal refusal) {
  return refusal <= regex::Refusal::group_name;
}

}  // namespace assay::assertions
