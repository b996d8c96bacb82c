#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace assay::test {

/// Large texts written small: `<<TEXT*N>>` stands for TEXT N times, in which #i counts from 0 and #j from 1. TEXT ends
/// at the first `*N>>`. Where N is 10,000 or more only every `share`-th is written.
std::string expand(std::string_view written, std::size_t share = 1);

}  // namespace assay::test
