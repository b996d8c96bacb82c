#pragma once
#include <string>

namespace assay::assertions {

/// All assertion types as a Markdown table, in the compiler's order: what docs/assertions.md shows and what
/// `assay assertions list` prints.
std::string type_table();

}  // namespace assay::assertions
