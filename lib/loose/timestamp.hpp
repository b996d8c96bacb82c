#pragma once
#include <string_view>

namespace assay::loose {

/// YAML's timestamps as js-yaml knows them: 2001-12-14, or with a time and perhaps a zone: 2001-12-14 21:59:43.10 -5.
/// The day must exist.
bool is_timestamp(std::string_view text);

}  // namespace assay::loose
