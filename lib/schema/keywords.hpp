#pragma once
#include <cstdint>
#include <string_view>

namespace assay::schema {

/// What stands under a keyword, for those who walk over a schema without judging by it.
enum class Holds : std::uint8_t {
  unknown,          ///< not a keyword
  nothing,          ///< no subschema: a value, or a note for people
  schema,           ///< one subschema
  schemas,          ///< an array of them
  either,           ///< one or an array (items)
  by_name,          ///< an object of subschemas
  by_name_or_names  ///< dependencies
};
Holds what_holds(std::string_view keyword);

/// Keywords that Ajv's draft-07 vocabulary has beyond the standard.
bool known_to_ajv_alone(std::string_view keyword);

}  // namespace assay::schema
