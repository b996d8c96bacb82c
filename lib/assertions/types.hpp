#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "assertions/build.hpp"

namespace assay::assertions {

/// One assertion type: what it is called, and what it becomes. The documents' table is this one.
struct Type {
  std::string_view name;
  Shape shape = Shape::kernel;
  Maker make = nullptr;  ///< null for sets, and for types that are known but not built
  bool built = true;
  Polarity negated = Polarity::flips;  ///< what `not-` does in promptfoo; strict flips what promptfoo ignores
  std::optional<double> threshold{};   ///< the default
  bool needs_threshold = false;
  std::string_view value{};    ///< for people: what its value is
  std::string_view meaning{};  ///< for people: when it passes
};

/// The types of promptfoo and strict, by name.
const std::vector<Type>& types();

/// The types of prpm, `not-` included: a word either stands here or means nothing there.
struct PrpmType {
  std::string_view name;
  Maker make;
  bool inverse;
  std::string_view value, meaning;
};
const std::vector<PrpmType>& prpm_types();

const Type* find_type(std::string_view name);
const PrpmType* find_prpm_type(std::string_view name);

/// Types of prpm that are known, but not built.
bool is_known_in_prpm(std::string_view name);

}  // namespace assay::assertions
