#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace assay::markup {

/// What is_html asks of a parsed document.
struct HtmlFacts {
  bool html_written = false, head_written = false, body_written = false;  ///< the author's own tags made these
  bool known_element = false;  ///< another element of the standard's, or one with a hyphen in its name
  bool text_in_body = false;   ///< text other than white space directly in the first body
};

/// Parses as a browser would, in memory of its own (128 MiB at most; the error names that). Never recurses.
Result<HtmlFacts, std::string> read_html(std::string_view text);

}  // namespace assay::markup
