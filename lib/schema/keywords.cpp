#include "schema/keywords.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::schema {
namespace {

constexpr std::array<std::pair<std::string_view, Holds>, 49> keywords{{
    {"$id", Holds::nothing},
    {"$schema", Holds::nothing},
    {"$ref", Holds::nothing},
    {"$comment", Holds::nothing},
    {"title", Holds::nothing},
    {"description", Holds::nothing},
    {"default", Holds::nothing},
    {"readOnly", Holds::nothing},
    {"writeOnly", Holds::nothing},
    {"examples", Holds::nothing},
    {"contentMediaType", Holds::nothing},
    {"contentEncoding", Holds::nothing},
    {"type", Holds::nothing},
    {"enum", Holds::nothing},
    {"const", Holds::nothing},
    {"multipleOf", Holds::nothing},
    {"maximum", Holds::nothing},
    {"exclusiveMaximum", Holds::nothing},
    {"minimum", Holds::nothing},
    {"exclusiveMinimum", Holds::nothing},
    {"maxLength", Holds::nothing},
    {"minLength", Holds::nothing},
    {"pattern", Holds::nothing},
    {"format", Holds::nothing},
    {"maxItems", Holds::nothing},
    {"minItems", Holds::nothing},
    {"uniqueItems", Holds::nothing},
    {"maxProperties", Holds::nothing},
    {"minProperties", Holds::nothing},
    {"required", Holds::nothing},
    {"items", Holds::either},
    {"additionalItems", Holds::schema},
    {"contains", Holds::schema},
    {"additionalProperties", Holds::schema},
    {"propertyNames", Holds::schema},
    {"if", Holds::schema},
    {"then", Holds::schema},
    {"else", Holds::schema},
    {"not", Holds::schema},
    {"allOf", Holds::schemas},
    {"anyOf", Holds::schemas},
    {"oneOf", Holds::schemas},
    {"definitions", Holds::by_name},
    {"properties", Holds::by_name},
    {"patternProperties", Holds::by_name},
    {"dependencies", Holds::by_name_or_names},
    {"$defs", Holds::by_name},
    {"nullable", Holds::nothing},
    {"deprecated", Holds::nothing},
}};

constexpr std::array<std::string_view, 6> beyond_the_standard{"$defs",         "nullable",    "deprecated",
                                                              "contentSchema", "$vocabulary", "$async"};

}  // namespace

Holds what_holds(std::string_view keyword) {
  const auto found =
      std::find_if(keywords.begin(), keywords.end(), [&](const auto& each) { return each.first == keyword; });
  return found == keywords.end() ? Holds::unknown : found->second;
}

bool known_to_ajv_alone(std::string_view keyword) {
  return std::find(beyond_the_standard.begin(), beyond_the_standard.end(), keyword) != beyond_the_standard.end();
}

}  // namespace assay::schema
