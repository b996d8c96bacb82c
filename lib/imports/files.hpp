#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "imports/import.hpp"
#include "imports/report.hpp"
#include "yaml/tree.hpp"

namespace assay::imports {

/// The files that an imported file names, through the caller's reader. What cannot be read is a fault at the place that
/// names it; places inside a file are the file's own.
class Files {
 public:
  Files(Report& report, const ReadFile& read, const Limits& limits) : report_(report), read_(read), limits_(limits) {}

  /// The text behind "file://…" or a bare path. Code, patterns of names, and addresses are refused.
  std::optional<std::string> text(std::string_view reference, const Place& from);
  /// The same for a file that is a text as a whole: a prompt, a var, a value. It may not read the environment.
  std::optional<std::string> prose(std::string_view reference, const Place& from);
  /// A YAML or JSON file as a tree, checked for what no suite can hold.
  std::optional<yaml::Node> tree(std::string_view reference, const Place& from);

 private:
  Report& report_;
  const ReadFile& read_;
  const Limits& limits_;
  std::size_t bytes_ = 0;
};

/// Reads a YAML or JSON text (by the source's name) into a tree: references `$ref` to places in itself are written out,
/// values that read the environment are errors, values that other readers take for dates are warned of.
std::optional<yaml::Node> read_tree(Report& report, const std::string& source, std::string_view text);

}  // namespace assay::imports
