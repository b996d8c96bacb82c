#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "source/fault.hpp"

namespace assay::imports {

/// What people already have.
enum class Format {
  promptfoo,  ///< a configuration of promptfoo: YAML or JSON
  csv,        ///< promptfoo's tests as a table: RFC 4180, a header, columns like __expected
  jsonl,      ///< promptfoo's tests, one a line
  prpm        ///< the registry's generated test cases: a JSON list
};
std::string_view to_string(Format format);
std::optional<Format> format_named(std::string_view name);
/// By the end of a file's name: .csv, .jsonl; all else is a configuration.
Format format_of(std::string_view path);

/// The text of a file that an imported file names ("cases.csv", as written), or why there is none.
using ReadFile = std::function<Result<std::string, std::string>(const std::string& path)>;

/// Bounds on what is made; each ends in a fault that names it.
struct Limits {
  std::size_t bytes = std::size_t{64} << 20;        ///< of a table or of lines; a configuration: 8 MiB
  std::size_t cases = 100'000;                      ///< of all suites, expansion included
  std::size_t suite_bytes = std::size_t{64} << 20;  ///< of all suites' JSON
};

struct Options {
  std::string name;    ///< of the suites; empty: the file's description, or its name
  std::string prompt;  ///< for formats that hold none (csv, jsonl, prpm); a template in promptfoo's formats
  ReadFile read_file;  ///< absent: every file:// is a fault
  Limits limits;
};

/// One suite in the form that suite::read takes, and the models that its source asks for.
struct ImportedSuite {
  std::string name, json;
  std::vector<std::string> models;
  std::size_t cases = 0;
};

struct Imported {
  std::vector<ImportedSuite> suites;    ///< none when there are errors
  std::vector<source::Fault> errors;    ///< in the order of the files' lines
  std::vector<source::Fault> warnings;  ///< what was not carried over, and what may surprise
  bool ok() const { return errors.empty(); }
};

/// Reads a foreign file into suites, one for each prompt (and for each set of models or affixes that its tests ask
/// for). Merges, scenarios, matrices of vars and repeats are written out as cases; templates stay as they are. What is
/// code is refused by name: transforms, scripts, packages. All faults are told at once; nothing is dropped without a
/// warning. `source` is the file's name in messages.
Imported import(Format format, const std::string& source, std::string_view text, const Options& options);

}  // namespace assay::imports
