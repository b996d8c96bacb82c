#include <algorithm>
#include <array>

#include "schema/keywords.hpp"
#include "schema/reader.hpp"

namespace assay::schema {

/// What raises in Ajv beyond unknown keywords.
void Reader::look_at_ajv_matters(const Place& place) {
  if (place.view["id"].exists()) refuse(place, "id", "is not supported: $id is");
  if (place.view["$async"].as_bool() == true) refuse(place, "$async", "is not supported");
  if (place.view["nullable"].exists() && !place.view["type"].exists()) {
    refuse(place, "nullable", "cannot be used without type");
  }
  const json::View types = place.view["type"];
  bool names_null = types.string_or("") == "null";
  for (const json::View name : types.elements()) names_null = names_null || name.string_or("") == "null";
  if (names_null && place.view["nullable"].as_bool() == false) refuse(place, "nullable", "contradicts the type null");
  if (program_.options.unknown != Options::Unknown::refuse) return;
  const json::View patterns = place.view["patternProperties"], properties = place.view["properties"];
  const Place below = program_.resources.child(place, "patternProperties", patterns);
  for (const auto& [text, schema] : patterns.members()) {
    look_for_unknown(program_.resources.child(below, text, schema));
  }
  if (!patterns_matter(patterns)) return;
  for (const auto& [text, ignored] : patterns.members()) {
    const auto compiled = pattern(place, "patternProperties", text);
    for (const auto& [name, also_ignored] : properties.members()) {
      const auto found = compiled->found_in(name);
      if (!found || !*found) continue;
      refuse(place, "patternProperties",
             "the property \"" + std::string(name) + "\" matches the pattern " + std::string(text));
    }
  }
}

/// An alternative that asks for nothing is always met: Ajv looks no further.
bool Reader::skips_alternatives(const Place& place) {
  const Place list = program_.resources.child(place, "anyOf", place.view["anyOf"]);
  std::size_t index = 0;
  for (const json::View each : list.view.elements()) {
    look_for_unknown(program_.resources.child(list, std::to_string(index++), each));
    if (is_idle(each)) return true;
  }
  return false;
}

/// Whether a schema asks for nothing by its own keywords: annotations and unknown ones do not. Ajv skips such a one.
bool Reader::is_idle(json::View schema) {
  constexpr std::array<std::string_view, 13> idle{"$id",        "$schema",  "$comment",         "title",
                                                  "default",    "examples", "description",      "readOnly",
                                                  "writeOnly",  "$defs",    "contentMediaType", "contentEncoding",
                                                  "definitions"};
  if (const auto constant = schema.as_bool()) return *constant;
  for (const auto& [key, value] : schema.members()) {
    if (what_holds(key) != Holds::unknown && std::find(idle.begin(), idle.end(), key) == idle.end()) return false;
  }
  return true;
}

/// Ajv does not look at patterns none of which leads to a keyword.
bool Reader::patterns_matter(json::View patterns) {
  for (const auto& [text, schema] : patterns.members()) {
    if (!is_idle(schema)) return true;
  }
  return false;
}

}  // namespace assay::schema
