#include "job/suite.hpp"

namespace assay {

const Asking& Sampling::asked() const {
  static const Asking nothing;
  return asking ? *asking : nothing;
}

std::string_view to_string(AssertionDialect dialect) {
  switch (dialect) {
    case AssertionDialect::prpm:
      return "prpm";
    case AssertionDialect::promptfoo:
      return "promptfoo";
    case AssertionDialect::strict:
      return "strict";
  }
  return "prpm";
}

std::optional<AssertionDialect> dialect_named(std::string_view name) {
  for (const auto dialect : {AssertionDialect::prpm, AssertionDialect::promptfoo, AssertionDialect::strict}) {
    if (name == to_string(dialect)) return dialect;
  }
  return std::nullopt;
}

}  // namespace assay
