#pragma once
#include <cstddef>
#include <functional>

namespace assay {

/// Calls `work(0)` … `work(count - 1)`, each on a thread of its own, and returns when all have ended. For programs
/// without a loop. What they share is theirs to guard; an exception in one ends the program.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace assay
