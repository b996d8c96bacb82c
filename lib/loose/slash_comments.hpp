#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "loose/steps.hpp"

namespace assay::loose {

/// A piece of text as promptfoo hands it to its YAML reader: `//` up to the end of a line becomes `#` (one for each two
/// slashes) unless it stands in quotes or in a word that has "://" in it, and missing braces are added at the end.
/// Quotes are judged line by line. Made as far as it is asked for, each byte in constant time.
class SlashComments {
 public:
  SlashComments(std::string_view piece, std::size_t braces, Steps& steps)
      : piece_(piece), braces_(braces), steps_(steps) {}

  /// The byte there; NUL beyond the end.
  char at(std::size_t index) {
    while (index >= made_.size()) {
      if (!make()) return '\0';
    }
    return made_[index];
  }
  bool is_end(std::size_t index) { return at(index) == '\0' && index >= made_.size(); }
  std::string_view made() const { return made_; }

 private:
  enum class Mode { plain, single_quoted, double_quoted, comment };
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  std::size_t size() const { return piece_.size() + braces_; }
  char source(std::size_t index) const;
  bool make();
  void make_slashes();
  void move_on(char c);

  std::string_view piece_;
  std::size_t braces_;
  Steps& steps_;
  std::string made_;
  std::size_t at_ = 0;
  // Of the line at hand:
  Mode mode_ = Mode::plain;
  char before_ = '\0';
  bool escaped_ = false;          ///< an odd number of backslashes goes before
  std::size_t word_ = 0;          ///< where the word began
  std::size_t scheme_ = nowhere;  ///< where the last "://" stands
};

}  // namespace assay::loose
