#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "routing/router.hpp"
#include "source/fault.hpp"

namespace assay::catalogue {

/// A YAML map of short names to models' names. Every fault at once; an alias of an alias is one.
Result<std::vector<routing::Alias>, std::vector<source::Fault>> parse_aliases(const std::string& source,
                                                                              std::string_view yaml);

/// The program's own: lib/catalogue/book/aliases.yaml.
std::vector<routing::Alias> product_aliases();

}  // namespace assay::catalogue
