#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "regex/refusal.hpp"
#include "regex/regex_tree.hpp"

namespace assay::regex {

/// How many characters each node can match: the sorted choices, none for "too many to write out". A lookbehind is
/// written out as one alternative for each width, because the engine looks back by a fixed number of characters only.
class Widths {
 public:
  static constexpr std::size_t most_choices = 64;
  using Choices = std::vector<std::uint32_t>;

  explicit Widths(const RegexTree& tree);
  const Choices& of(std::uint32_t node) const { return choices_[node]; }

  /// Those of several terms, one after the other.
  Choices of(const std::uint32_t* first, const std::uint32_t* last) const;

 private:
  Choices choices_of(const RegexTree::Node& node) const;
  Choices repeated(const RegexTree::Node& node) const;

  std::vector<Choices> choices_;
};

std::optional<RegexFault> find_variable_lookbehind(const RegexTree& tree);

}  // namespace assay::regex
