#pragma once
#include <memory>
#include <optional>
#include <string>

#include "assertions/check.hpp"
#include "assertions/regexes.hpp"
#include "assertions/schemas.hpp"
#include "base/result.hpp"
#include "job/suite.hpp"
#include "json/document.hpp"

namespace assay::assertions {

/// What the assertions of one suite share.
struct Pool {
  Regexes regexes;
  Schemas schemas;
  std::shared_ptr<const javascript::Runner> scripts{};
};

/// One assertion as the maker of its kernel sees it. Lives while it is compiled.
struct Build {
  const AssertionSpec& spec;
  json::View value;  ///< rendered; missing when absent
  bool inverse;      ///< written with `not-`
  bool strict;       ///< what has no clear meaning is refused; else it means what promptfoo makes of it
  Regexes& regexes;
  Schemas& schemas;
  std::optional<double> default_threshold;  ///< the type's own
  const std::shared_ptr<const javascript::Runner>& scripts;  ///< empty: the author's code is refused
  std::string_view vars;  ///< the case's, JSON text of an object; empty where it has none

  double threshold() const { return spec.threshold.value_or(default_threshold.value_or(0)); }
};

/// A kernel, and how a person should see its operand.
struct Made {
  std::shared_ptr<const Kernel> kernel;
  std::string shown;
  bool knows_inverse = false;  ///< the kernel's word is the verdict: it was made with `not-` in mind
};

/// Makes a type's kernel, or says what is wrong with the assertion's value: a sentence without a path.
using Maker = Result<Made, std::string> (*)(const Build& build);

template <class Function>
Made made(Function function, std::string shown) {
  return {std::make_shared<const FunctionKernel<Function>>(std::move(function)), std::move(shown)};
}
template <class Function>
Made made_heavy(Function function, std::size_t per_byte, std::string shown) {
  return {std::make_shared<const HeavyKernel<Function>>(std::move(function), per_byte), std::move(shown)};
}

}  // namespace assay::assertions
