#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "yaml/tree.hpp"

namespace assay::imports {

/// A JSON text as a tree whose keys and values know their places, as if it were read from line `first_line` of a file.
/// Nesting up to 64, a million values, no key twice.
Result<yaml::Node, source::Fault> read_json(const std::string& source, std::string_view text, int first_line = 1);

}  // namespace assay::imports
