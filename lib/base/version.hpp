#pragma once

namespace assay {

/// The product's version. CMakeLists.txt names the same; a test compares them.
inline constexpr const char* version = "0.1.0";

}  // namespace assay
