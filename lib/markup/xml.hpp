#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"
#include "markup/finding.hpp"

namespace assay::markup {

/// The element paths that an is-xml or contains-xml value requires: text with commas, a list, or {requiredElements}.
/// Nothing for other values. The error says what is wrong with it.
Result<std::vector<std::string>, std::string> required_elements(json::View value);

/// is-xml: the whole text is well-formed XML 1.0 with namespaces, without an internal DTD subset, and has all the
/// paths: dotted, from the root element's name on; a number picks one of several, "@_name" is an attribute.
/// At most 64 MiB (else an error) and 101 open elements (else it does not hold).
Answer is_xml(std::string_view text, const std::vector<std::string>& required);

/// contains-xml: some element in the text, or a run of neighbours, is readable as XML and has all the paths. Much is
/// forgiven there that is_xml does not.
Answer contains_xml(std::string_view text, const std::vector<std::string>& required);

inline constexpr std::size_t max_xml_bytes = std::size_t{64} << 20;

}  // namespace assay::markup
