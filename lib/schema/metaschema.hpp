#pragma once
#include <string_view>

namespace assay::schema {

/// The schema of draft-07 schemas, as the standard publishes it.
inline constexpr std::string_view metaschema_uri = "http://json-schema.org/draft-07/schema";
std::string_view metaschema_text();

}  // namespace assay::schema
