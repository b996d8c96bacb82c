#pragma once
#include <string>
#include <string_view>

namespace assay::test {

/// Large texts written small: `<<TEXT*N>>` stands for TEXT N times, in which #i counts from 0 and #j from 1. TEXT ends at
/// the first `*N>>`.
std::string expand(std::string_view written);

}  // namespace assay::test
