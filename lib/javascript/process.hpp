#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace assay::javascript {

/// Starts a program with an empty environment and two pipes, writes `input` to it, and reads its output until it ends.
/// Killed at the deadline, or when it writes more than `most_output`; always reaped. The error says which.
Result<std::string, std::string> run_process(const std::string& program, const std::string& argument,
                                             std::string_view input, Duration time, std::size_t most_output);

}  // namespace assay::javascript
