#include <cstddef>
#include <cstdint>
#include <string>

#include "base/require.hpp"
#include "imports/csv.hpp"
#include "imports/import.hpp"
#include "json/grammar.hpp"

using namespace assay;

/// Any bytes end in a table with equal rows, or a fault; in suites that are JSON, or errors. The same bytes as lines
/// and as generated cases, too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  if (const auto table = imports::read_csv("f", text, 1000)) {
    for (const auto& row : table->rows)
      require(row.size() == table->header.size(), "rows have as many cells as the header");
  }
  imports::Options options;
  options.prompt = "{{a}}";
  options.limits.cases = 1000;
  options.limits.suite_bytes = 1 << 20;
  for (const auto format : {imports::Format::csv, imports::Format::jsonl, imports::Format::prpm}) {
    const imports::Imported made = imports::import(format, "f", text, options);
    require(made.ok() == !made.suites.empty(), "suites or errors");
    for (const auto& suite : made.suites) require(json::is_json(suite.json), "a suite is JSON");
  }
  return 0;
}
