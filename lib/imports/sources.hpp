#pragma once
#include <string_view>

#include "imports/emitter.hpp"
#include "imports/files.hpp"

namespace assay::imports {

/// What every reader of a whole file is given.
struct Job {
  const std::string& source;
  std::string_view text;
  const Options& options;
  Files& files;
  Report& report;
};

/// One for each format. Faults go to the report.
std::vector<ImportedSuite> import_promptfoo(const Job& job);
std::vector<ImportedSuite> import_csv(const Job& job);
std::vector<ImportedSuite> import_jsonl(const Job& job);
std::vector<ImportedSuite> import_prpm(const Job& job);

/// Tests of a list of promptfoo's, or of the file that `node` names.
void add_tests(const yaml::Node& node, Files& files, Report& report, const Limits& limits, std::vector<Test>& tests);

/// Tests of a text, one a line.
void add_json_lines(const std::string& source, std::string_view text, Files& files, Report& report,
                    std::vector<Test>& tests);

/// The name of suites: what the caller gave, else what the file says, else its name without folders and ending.
std::string suite_name(const Job& job, std::string_view said);

}  // namespace assay::imports
