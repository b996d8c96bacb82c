#pragma once
#include <string>

#include "regex/regex_tree.hpp"
#include "regex/subject.hpp"

namespace assay::regex {

/// Whether RE2 can say what the tree says: no look, no back reference, no edge of words with folded letters, counts up
/// to its 1000, and with the m flag no ^ and $ but at the outer ends of the pattern's alternatives.
bool fits_re2(const RegexTree& tree);

/// A pattern for RE2 (UTF-8, its own syntax, all defaults) that matches in Subject::shown() exactly when the tree
/// matches in the text; where it matches may differ by a line end. It begins at the start when `from_start` is set.
struct Re2Text {
  std::string pattern;
  /// RE2 would also try \B inside the bytes and halves of one character; such a pattern has a beginning of its own that
  /// leads from character to character.
  bool from_start = false;
};
Re2Text text_for_re2(const RegexTree& tree);

}  // namespace assay::regex
