#include <cstddef>
#include <cstdint>
#include <string>

#include "base/require.hpp"
#include "imports/import.hpp"
#include "json/grammar.hpp"
#include "yaml/to_json.hpp"
#include "yaml/tree.hpp"

using namespace assay;

namespace {

imports::Options options_with(const std::string& file) {
  imports::Options options;
  options.limits.cases = 1000;
  options.limits.suite_bytes = 1 << 20;
  options.read_file = [file](const std::string&) -> Result<std::string, std::string> { return file; };
  return options;
}

}  // namespace

/// Any bytes end in a tree or in faults. What is read is JSON, and reads the same from there. A configuration ends in
/// suites that are JSON or in errors, whatever stands in the files that it names (here: itself).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  (void)yaml::read("f", text);
  const auto json = yaml::to_json(text);
  if (json) {
    require(json::is_json(*json), "a value is written as JSON");
    const auto again = yaml::to_json(*json);
    require(again && *again == *json, "JSON reads back the same");
  }

  const imports::Imported made = imports::import(imports::Format::promptfoo, "c.yaml", text, options_with(text));
  require(made.ok() || made.suites.empty(), "errors leave no suite");
  for (const auto& suite : made.suites) require(json::is_json(suite.json), "a suite is JSON");
  return 0;
}
