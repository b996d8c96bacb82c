#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "fake/dialect.hpp"
#include "fake/plan.hpp"

namespace assay::fake {

/// A streamed answer as it will be played: what goes out, when, and how it ends.
struct Show {
  struct Step {
    std::string bytes;
    double pause_ms = 0;      ///< before it
    std::uint64_t times = 1;  ///< 0: for ever
  };
  enum class End {
    whole,  ///< well, as HTTP
    cut,    ///< the connection ends inside the body
    reset,
    stall  ///< nothing more until the client leaves
  };
  std::vector<Step> steps;
  End end = End::whole;
};

/// The answer of `plan` as a stream, its fault applied.
Show show_of(const Plan& plan, const Dialect& dialect, const std::string& number);

/// The script's own pieces.
Show show_of(const Raw& raw, double pause_ms, const Dialect& dialect);

}  // namespace assay::fake
