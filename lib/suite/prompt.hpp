#pragma once
#include <string>

#include "json/document.hpp"

namespace assay::suite {

/// The text a model is given as its instructions, from a package's content (PRPM's extractPrompt).
///
/// A string is taken as it is. An object with a list `sections` gives for each section "## title", its content, and its
/// items as "- item" lines; absent and empty parts are left out, pieces are joined by one blank line and the result is
/// trimmed as JavaScript trims. A section that is a string is its content; items that are not strings stand as compact
/// JSON; every other key is ignored. Anything else is its JSON with two spaces, numbers with the digits of their
/// author.
std::string extract_prompt(json::View content);

}  // namespace assay::suite
