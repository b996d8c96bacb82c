#pragma once
#include <string_view>

namespace assay::templates {

/// Why a tag of Nunjucks is not in the subset; empty for a tag that is, and for one that nobody knows.
std::string_view refused_tag(std::string_view tag);
/// The same for a filter.
std::string_view refused_filter(std::string_view filter);
/// Why a name that Nunjucks or promptfoo always knows is not there; empty for every other.
std::string_view refused_global(std::u16string_view name);

}  // namespace assay::templates
