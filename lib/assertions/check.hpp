#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "assertions/kernel.hpp"

namespace assay::assertions {

/// How `not-` acts on a type.
enum class Polarity {
  flips,       ///< the verdict; the score is 1 or 0
  complement,  ///< the verdict, and the score becomes 1 - score
  keeps,       ///< the verdict, and the score stays
  ignored      ///< not at all
};

/// What a check is made of.
enum class Shape {
  kernel,   ///< one kernel
  weighed,  ///< members, by the mean of their scores and a threshold
  all,
  any,
  none,    ///< members that must hold so
  extract  ///< the kernel finds a part of the answer, and the members judge that
};

/// One assertion, ready to run. Knows nothing of dialects.
struct Check {
  std::int32_t index = 0;  ///< place in the test case or the set
  std::string type;        ///< the author's word, or the dialect's for an absent one
  Shape shape = Shape::kernel;
  std::shared_ptr<const Kernel> kernel;  ///< empty for most sets and where there is a fault
  bool inverse = false;                  ///< it was written with `not-`
  Polarity polarity = Polarity::flips;
  double weight = 1;
  bool informs_only = false;        ///< never fails its case (weight 0)
  std::optional<double> threshold;  ///< weighed: the score that passes
  std::string metric;
  bool frees = false;  ///< its failing is what the case hoped for: the case passes (a guardrail that caught an attack)
  std::string shown;   ///< the operand as a person should see it
  std::string fault;   ///< why it can never be judged; then nothing else counts
  std::vector<Check> members;
};

/// How the results of a case become its verdict.
enum class Scoring {
  share,           ///< passed ÷ asserted; all must pass
  weighted,        ///< the weighted mean; all must pass, or the mean must reach a threshold
  weighted_strict  ///< the same, and a case in which nothing has weight is unchecked
};

/// One test case, ready to judge answers. Immutable; may be read from several threads.
struct CompiledCase {
  std::vector<Check> checks;  ///< empty: nothing was asserted
  Scoring scoring = Scoring::share;
  std::optional<double> threshold;
};

}  // namespace assay::assertions
