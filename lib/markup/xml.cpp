#include "markup/xml.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "json/number.hpp"
#include "json/utf8.hpp"
#include "markup/well_formed_xml.hpp"
#include "markup/xml_candidates.hpp"
#include "markup/xml_tree.hpp"
#include "text/javascript_text.hpp"

namespace assay::markup {
namespace {

using json::View;
using Paths = std::vector<std::string>;

Result<Paths, std::string> listed_paths(View list) {
  Paths paths;
  for (const View element : list.elements()) {
    if (element.is_string())
      paths.emplace_back(element.string_or(""));
    else if (element.is_number())
      paths.push_back(json::javascript_number(element.as_double().value_or(0)));
    else if (element.kind() == json::Kind::boolean)
      paths.push_back(element.as_bool() == true ? "true" : "false");
    else
      return failure("required elements must be text");
  }
  return paths;
}

Paths split_paths(std::string_view list) {
  Paths paths;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    paths.emplace_back(text::trim(list.substr(at, comma - at)));
    at = comma + 1;
  }
  return paths;
}

/// The paths that are not there, as a list for people; nothing when all are.
std::optional<std::string> missing_paths(const XmlTree& tree, const Paths& required) {
  std::optional<std::string> missing;
  for (const std::string& path : required) {
    if (tree.has(path)) continue;
    missing = (missing ? *missing + ", " : "") + std::string(json::truncate_utf8(path, 120));
    if (missing->size() > 500) return *missing + ", …";
  }
  return missing;
}

}  // namespace

Result<Paths, std::string> required_elements(View value) {
  if (value.is_string()) return split_paths(value.string_or(""));
  if (value.is_array()) return listed_paths(value);
  if (!value.is_object() || value.size() == 0) return Paths{};
  if (value["requiredElements"].is_array()) return listed_paths(value["requiredElements"]);
  return failure("an XML assertion takes text, a list, {requiredElements: [...]}, or no value");
}

Answer is_xml(std::string_view text, const Paths& required) {
  if (text.size() > max_xml_bytes) return failure("the output is longer than 64 MiB, too long for an XML check");
  if (const auto fault = xml_fault(text)) return fails("not well-formed XML: " + fault->message, fault->at);
  const auto tree = XmlTree::parse(text);
  if (!tree) return fails("XML that cannot be read: " + tree.error());
  const auto missing = missing_paths(*tree, required);
  return missing ? fails("XML without " + *missing) : holds("well-formed XML");
}

Answer contains_xml(std::string_view text, const Paths& required) {
  if (text.size() > max_xml_bytes) return failure("the output is longer than 64 MiB, too long for an XML check");
  const std::vector<Stretch> candidates = xml_candidates(text);
  if (candidates.empty()) return fails("no XML in the output");
  std::map<std::size_t, std::size_t>
      read;  // stretches that were XML, begin and end; what lies inside is not asked again
  std::string reason;
  for (const Stretch& stretch : candidates) {
    const auto before = read.upper_bound(stretch.begin);
    if (before != read.begin() && std::prev(before)->second >= stretch.end) continue;
    const auto tree = XmlTree::parse(text.substr(stretch.begin, stretch.end - stretch.begin));
    if (!tree) {
      reason = tree.error();
      continue;
    }
    const auto missing = missing_paths(*tree, required);
    if (!missing) return Finding{true, "XML in the output", stretch.begin};
    reason = "without " + *missing;
    read.emplace(stretch.begin, stretch.end);
  }
  return fails("no XML in the output that fits: " + reason);
}

}  // namespace assay::markup
