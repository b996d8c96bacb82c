#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace assay::schema {

/// A pattern ready to be looked for. Immutable; may be used from several threads.
class Pattern {
 public:
  virtual ~Pattern() = default;
  /// Whether it matches somewhere in the text (UTF-8), or the limit that would be passed.
  virtual Result<bool, std::string> found_in(std::string_view text) const = 0;
};

/// Where patterns come from: this room knows no regex engine. May be used from several threads.
class PatternCompiler {
 public:
  virtual ~PatternCompiler() = default;
  /// A pattern with the meaning of JavaScript's `new RegExp(pattern, "u")`, or why it cannot be had.
  virtual Result<std::unique_ptr<const Pattern>, std::string> compile(std::string_view pattern) const = 0;
  /// Whether `new RegExp(pattern)` would take the text (format "regex"), or why that cannot be told.
  virtual Result<bool, std::string> readable(std::string_view pattern) const = 0;
};

}  // namespace assay::schema
