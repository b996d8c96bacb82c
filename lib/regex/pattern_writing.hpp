#pragma once
#include <string>
#include <vector>

#include "regex/regex_tree.hpp"

namespace assay::regex {

/// What RE2 and PCRE2 write alike. Every character but letters and digits stands as its number.
void write_literal(std::string& out, char32_t character);
/// [a-z…]; nothing when there are no ranges.
void write_class(std::string& out, const std::vector<CharSet::Range>& ranges, bool negated = false);
/// *, +, ?, {2}, {2,} or {2,3}
void write_bounds(std::string& out, const RegexTree::Node& repeat);

}  // namespace assay::regex
