#pragma once
#include <cstddef>

namespace assay::javascript {

/// Takes from this process, and all its threads, every way to anything but its memory and the two pipes it has. What it
/// asks for nevertheless is refused (EPERM), files among it; making a socket or a process ends it. False when the kernel
/// cannot do that: then nothing may be run.
bool confine(std::size_t memory_bytes);

}  // namespace assay::javascript
