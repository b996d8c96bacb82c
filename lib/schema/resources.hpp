#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/document.hpp"
#include "schema/schema.hpp"

namespace assay::schema {

/// A subschema and where it stands.
struct Place {
  json::View view;
  std::string base;      ///< the URI that its references are seen from, without fragment
  std::string location;  ///< "#/properties/a", led by its document's URI unless that is the schema itself
};

/// The schema, the documents handed in, and every $id in them: what a $ref can name. Owns the texts.
class Resources {
 public:
  explicit Resources(const Options& options) : options_(options) {}

  /// Reads the schema itself. Its place, or why it cannot be read.
  Result<Place, Fault> add_root(std::string_view text);

  /// What a $ref standing at `from` names.
  Result<Place, Fault> find(const Place& from, std::string_view reference);

  /// A member or element of a place; the base changes with an $id.
  Place child(const Place& parent, std::string_view key, json::View view) const;

 private:
  Result<Place, Fault> add_document(std::string_view text, const std::string& uri, const std::string& prefix);
  Result<json::View, Fault> read(std::string_view text, const std::string& where);
  Result<void, Fault> add_ids(const Place& top);
  Result<void, Fault> add_id(const Place& place, const std::string& uri);
  Result<void, Fault> ensure(const std::string& document);
  std::string_view id_of(json::View view) const;
  Result<Place, Fault> walk(Place place, std::string_view pointer, const Fault& otherwise) const;

  const Options& options_;
  std::vector<json::Document> texts_;
  std::map<std::string, Place, std::less<>> places_;  ///< by URI; a plain-name fragment stays in the key
};

}  // namespace assay::schema
