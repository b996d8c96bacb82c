#pragma once
#include <cstdint>
#include <functional>

#include "fake/provider.hpp"

namespace assay::fake {

/// Runs a Provider on a loop of its own, on the calling thread, until SIGTERM or SIGINT arrives (both are blocked for
/// the process from here on). Calls `listening` with the port once connections are taken. Raises the limit of open
/// descriptors. Throws std::system_error when the address is bad or taken.
void serve(Options options, const std::function<void(std::uint16_t port)>& listening);

}  // namespace assay::fake
