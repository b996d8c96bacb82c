#pragma once
#include <string>

#include "json/document.hpp"

namespace assay::suite {

/// The text that is sent as the system prompt, from a package's content as PRPM stores it:
/// a string as it is; an object with a `sections` list section by section (`## title`, the content, a `- ` line for
/// each item), pieces joined by a blank line and the whole trimmed; anything else as pretty JSON with two spaces.
std::string extract_prompt(json::View content);

}  // namespace assay::suite
