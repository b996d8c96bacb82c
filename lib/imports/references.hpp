#pragma once
#include "imports/report.hpp"
#include "yaml/tree.hpp"

namespace assay::imports {

/// Writes out each map {"$ref": "#/a/b", …} of a tree as the value at that place in the tree, with the map's other keys
/// before and over it. The value's own references are written out too, within 200,000 values in all. A reference to
/// nothing, to another file or to something that contains it is an error; then the answer is false. Providers are left
/// as they are: nothing of them but names and numbers is carried over.
bool write_out_references(yaml::Node& root, Report& report);

}  // namespace assay::imports
