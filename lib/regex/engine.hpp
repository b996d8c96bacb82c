#pragma once
#include <cstddef>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "regex/regex.hpp"
#include "regex/regex_tree.hpp"
#include "regex/subject.hpp"

namespace assay::regex {

/// A tree ready to run. Immutable; may be used from several threads.
class Engine {
 public:
  virtual ~Engine() = default;

  /// Whether the tree matches somewhere in the text, or the limit that would be passed.
  virtual Result<bool, std::string> test(Subject& subject) const = 0;
  /// In units of about 16 bytes.
  virtual std::size_t program_size() const = 0;
  virtual std::size_t steps_per_byte() const = 0;
};

using MadeEngine = Result<std::unique_ptr<const Engine>, std::string>;

/// Linear time. The tree must be one that fits_re2().
MadeEngine make_re2_engine(const RegexTree& tree, const Regex::Bounds& bounds);
/// Any tree; goes back and forth, and counts its steps.
MadeEngine make_pcre2_engine(const RegexTree& tree, const Regex::Bounds& bounds);

}  // namespace assay::regex
