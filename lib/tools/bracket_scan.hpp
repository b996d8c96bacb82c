#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace assay::tools {

/// A bracket outside strings and fenced code, or a break that no pair of brackets may span (sign 0).
struct Bracket {
  std::size_t at = 0;
  char sign = 0;
  bool starts_line = false;  ///< nothing but white space stands before it in its line
  bool ends_line = false;    ///< nothing but white space stands after it
};

/// The brackets of a Markdown text, in order. One pass.
std::vector<Bracket> scan_brackets(std::string_view text);

}  // namespace assay::tools
