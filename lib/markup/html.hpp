#pragma once
#include <string_view>

#include "markup/finding.hpp"

namespace assay::markup {

/// is-html: read as an HTML5 document, the trimmed text has an element of the standard's (or one with a hyphen) that
/// its author wrote, and no text stands directly in a body that the author did not write. Not empty, no XML
/// declaration, at most 10 MiB; more than max_tags tags, or one tag with thousands of attributes, is an error.
Answer is_html(std::string_view text);

/// contains-html: signs of HTML are worth points, two are enough: an opening and a closing tag 2 (one of them 1), a
/// common tag 2, a document type 2, a tag that closes itself, a character reference, a comment, an attribute 1 each.
/// More than 10 MiB holds none. One pass for each sign.
Answer contains_html(std::string_view text);

inline constexpr std::size_t max_html_units = 10'485'760, max_tags = 20'000;

}  // namespace assay::markup
