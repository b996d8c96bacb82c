#pragma once
#include <optional>
#include <string_view>

namespace assay::regex {

/// What a JavaScript pattern's flags say about test(). g and d say nothing about the first test of a text: they
/// are taken and forgotten.
struct Flags {
  bool ignore_case = false;  ///< i
  bool multiline = false;    ///< m
  bool dot_all = false;      ///< s
  bool unicode = false;      ///< u
  bool sticky = false;       ///< y: a first test looks at the beginning only

  friend bool operator==(const Flags&, const Flags&) = default;
};

/// Empty when a letter is unknown or comes twice, or when it is v, whose classes are another language.
std::optional<Flags> read_flags(std::string_view letters);

}  // namespace assay::regex
