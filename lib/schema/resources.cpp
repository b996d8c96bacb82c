#include "schema/resources.hpp"

#include "json/pointer.hpp"
#include "json/utf8.hpp"
#include "schema/keywords.hpp"
#include "schema/metaschema.hpp"
#include "schema/uri.hpp"

namespace assay::schema {
namespace {

constexpr std::size_t deepest_schema = 256, most_values = 200'000;

/// A URI as a key: without an empty fragment.
std::string key_of(std::string_view uri) {
  if (uri.ends_with('#')) uri.remove_suffix(1);
  return std::string(uri);
}

std::string shortened(std::string_view text) {
  const std::string_view head = json::truncate_utf8(text, 120);
  return head.size() == text.size() ? std::string(text) : std::string(head) + "…";
}

}  // namespace

Result<json::View, Fault> Resources::read(std::string_view text, const std::string& where) {
  json::Limits limits = json::Limits::foreign();
  limits.max_bytes = options_.max_bytes;
  limits.max_depth = deepest_schema;
  limits.max_values = most_values;
  auto document = json::parse(text, limits);
  if (!document) return failure(Fault{where, "is not JSON: " + json::to_string(document.error())});
  texts_.push_back(std::move(*document));
  return texts_.back().root();
}

Result<Place, Fault> Resources::add_root(std::string_view text) {
  return add_document(text, "", "");
}

Result<Place, Fault> Resources::add_document(std::string_view text, const std::string& uri, const std::string& prefix) {
  const auto view = read(text, prefix + "#");
  if (!view) return failure(view.error());
  Place top{*view, uri, prefix + "#"};
  places_.emplace(uri, top);
  if (const std::string_view id = id_of(*view); !id.empty()) {
    top.base = resolve_uri(uri, split_fragment(id).document);
    places_.at(uri).base = top.base;
  }
  if (auto added = add_ids(Place{*view, uri, top.location}); !added) return failure(added.error());
  return top;
}

std::string_view Resources::id_of(json::View view) const {
  if (options_.dialect == Options::Dialect::draft07 && view["$ref"].is_string()) return {};
  return view["$id"].string_or("");
}

Place Resources::child(const Place& parent, std::string_view key, json::View view) const {
  Place place{view, parent.base, parent.location};
  json::append_pointer(place.location, key);
  const std::string_view document = split_fragment(id_of(view)).document;
  if (!document.empty()) place.base = resolve_uri(parent.base, document);
  return place;
}

Result<void, Fault> Resources::add_id(const Place& place, const std::string& uri) {
  const auto [known, added] = places_.emplace(uri, place);
  if (!added && known->second.view.raw().data() != place.view.raw().data()) {
    return failure(Fault{place.location, "the $id \"" + shortened(uri) + "\" stands twice"});
  }
  return {};
}

/// Visits every object that can be a schema, unknown keywords included, and writes its $id down.
Result<void, Fault> Resources::add_ids(const Place& top) {
  struct Next {
    Place place;
    bool schemas_inside = false;  ///< not a schema itself, its members or elements are
  };
  std::vector<Next> ahead{{top, false}};
  while (!ahead.empty()) {
    Next next = std::move(ahead.back());
    ahead.pop_back();
    Place& place = next.place;
    if (next.schemas_inside) {
      std::size_t index = 0;
      for (const json::View element : place.view.elements())
        ahead.push_back({Place{element, place.base, place.location + '/' + std::to_string(index++)}, false});
      for (const auto& [key, value] : place.view.members()) {
        Place below{value, place.base, place.location};
        json::append_pointer(below.location, key);
        ahead.push_back({std::move(below), false});
      }
      continue;
    }
    if (!place.view.is_object()) continue;
    if (const std::string_view id = id_of(place.view); !id.empty()) {
      const std::string uri = resolve_uri(place.base, id);
      place.base = std::string(split_fragment(uri).document);
      if (auto added = add_id(place, key_of(uri)); !added) return added;
    }
    for (const auto& [key, value] : place.view.members()) {
      const Holds holds = what_holds(key);
      if (holds == Holds::nothing) continue;
      Place below{value, place.base, place.location};
      json::append_pointer(below.location, key);
      const bool inside = holds == Holds::by_name || holds == Holds::by_name_or_names ||
                          (value.is_array() && (holds == Holds::schemas || holds == Holds::either));
      ahead.push_back({std::move(below), inside});
    }
  }
  return {};
}

/// Makes a document that was handed in, or the metaschema, findable when it is first named.
Result<void, Fault> Resources::ensure(const std::string& document) {
  if (places_.contains(document)) return {};
  const auto given = options_.documents.find(document);
  std::string_view text;
  if (given != options_.documents.end()) {
    text = given->second;
  } else if (document == metaschema_uri) {
    text = metaschema_text();
  } else {
    return {};
  }
  const auto added = add_document(text, document, document);
  if (!added) return failure(added.error());
  return {};
}

Result<Place, Fault> Resources::walk(Place place, std::string_view pointer, const Fault& otherwise) const {
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const json::View below = json::at_pointer(place.view, pointer.substr(0, end));
    if (pointer[0] != '/' || !below.exists()) return failure(otherwise);
    Place next{below, place.base, place.location + std::string(pointer.substr(0, end))};
    const std::string_view document = split_fragment(id_of(below)).document;
    if (!document.empty()) next.base = resolve_uri(place.base, document);
    place = std::move(next);
    pointer.remove_prefix(end);
  }
  return place;
}

Result<Place, Fault> Resources::find(const Place& from, std::string_view reference) {
  const std::string uri = resolve_uri(from.base, reference);
  const auto [document, fragment] = split_fragment(uri);
  if (auto known = ensure(std::string(document)); !known) return failure(known.error());
  const Fault missing{from.location, "nothing stands at the $ref \"" + shortened(reference) + "\""};
  const auto whole = places_.find(document);
  if (!fragment.empty() && fragment[0] != '/') {
    const auto named = places_.find(uri);
    if (named != places_.end()) return named->second;
    if (whole != places_.end()) return failure(missing);
  }
  if (whole == places_.end()) {
    return failure(Fault{from.location, "the $ref \"" + shortened(reference) +
                                            "\" names another document: nothing is fetched, it must be handed in"});
  }
  const auto pointer = percent_decode(fragment);
  if (!pointer) return failure(missing);
  return walk(whole->second, *pointer, missing);
}

}  // namespace assay::schema
