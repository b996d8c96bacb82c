#include <algorithm>

#include "imports/code.hpp"
#include "imports/csv_tests.hpp"
#include "imports/json_tree.hpp"
#include "imports/read_test.hpp"
#include "imports/sources.hpp"
#include "imports/walk.hpp"
#include "text/javascript_text.hpp"
#include "yaml/scalar.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

void add_table(const std::string& source, std::string_view text, Files& files, Report& report, const Limits& limits,
               std::vector<Test>& tests) {
  auto table = read_csv(source, text, limits.cases);
  if (!table) return report.add({table.error()});
  for (Test& test : tests_of(*table, files, report)) tests.push_back(std::move(test));
}

class TestsReader {
 public:
  TestsReader(Files& files, Report& report, const Limits& limits, std::vector<Test>& tests)
      : files_(files), report_(report), limits_(limits), tests_(tests) {}

  /// `standing`: the file is the whole of tests, and its nameless tests are numbered as rows.
  void add(const Node& node, bool standing) {
    if (yaml::as_text(node)) {
      from_file(node.text, node.place, standing);
    } else if (node.kind == Node::Kind::list) {
      for (const Node& item : node.items) add_one(item);
    } else if (const Node* path = node.find("path"); path && yaml::as_text(*path)) {
      generated(node, *path);
    } else if (node.kind != Node::Kind::null) {
      report_.error(node.place, "tests: must be a list of tests, or the name of a file");
    }
  }

 private:
  void add_one(const Node& item) {
    if (yaml::as_text(item)) return from_file(item.text, item.place, false);
    const Node* path = item.find("path");
    if (path && yaml::as_text(*path)) return generated(item, *path);
    tests_.push_back(read_test(item, TestRole::test, files_, report_));
  }

  /// Files do not lead to files: nothing goes round.
  void add_from_file(const Node& item) {
    if (yaml::as_text(item))
      return report_.error(item.place, "a file of tests names another file; name it in the configuration");
    tests_.push_back(read_test(item, TestRole::test, files_, report_));
  }

  void generated(const Node& node, const Node& path) {
    if (node.members.size() > 1)
      report_.error(node.place, "tests made by a program; imports run no code");
    else
      from_file(path.text, path.place, true);
  }

  void from_file(const std::string& reference, const Place& from, bool standing) {
    const std::string name = path_of(reference).value_or(reference);
    const std::string extension = extension_of(name);
    const std::size_t first = tests_.size();
    const std::string whole = reference.starts_with("file://") ? reference : "file://" + reference;
    const bool foreign = reference.find("://") != reference.npos && !reference.starts_with("file://");
    if (foreign) {
      report_.error(from, reference + " is an address; imports read files only");
    } else if (extension == "csv" || extension == "jsonl") {
      auto text = files_.text(whole, from);
      if (!text) return;
      const std::string_view kept = report_.keep(name, std::move(*text));
      if (extension == "csv") return add_table(name, kept, files_, report_, limits_, tests_);
      add_json_lines(name, kept, files_, report_, tests_);
    } else if (extension == "json" || extension == "yaml" || extension == "yml") {
      const auto tree = files_.tree(whole, from);
      if (!tree) return;
      if (tree->kind == Node::Kind::list) {
        for (const Node& item : tree->items) add_from_file(item);
      } else {
        add_from_file(*tree);
      }
      standing = standing && extension == "json";
    } else if (files_.text(whole, from)) {
      report_.error(from, reference + ": tests are read from .csv, .json, .jsonl, .yaml and .yml files");
    }
    for (std::size_t at = first; standing && at < tests_.size(); ++at) {
      if (tests_[at].description.value_or("").empty())
        tests_[at].description = "Row #" + std::to_string(at - first + 1);
    }
  }

  Files& files_;
  Report& report_;
  const Limits& limits_;
  std::vector<Test>& tests_;
};

std::vector<Prompt> only_prompt(const Job& job) {
  Prompt prompt;
  prompt.raw = job.options.prompt.empty() ? "{{prompt}}" : job.options.prompt;
  prompt.label = prompt.raw;
  prompt.place = {job.source, 0, 0};
  if (reads_environment(prompt.raw)) job.report.error(prompt.place, "the prompt reads the environment ({{ env. }})");
  if (auto conversation = conversation_of(prompt.raw); !conversation)
    job.report.error(prompt.place, "prompt: " + conversation.error());
  return {prompt};
}

std::vector<ImportedSuite> from_tests(const Job& job, const std::vector<Test>& tests) {
  Matrix matrix;
  matrix.name = suite_name(job, "");
  matrix.prompts = only_prompt(job);
  const auto has_prompt = [](const Test& test) {
    return std::any_of(test.vars.begin(), test.vars.end(), [](const auto& var) { return var.key == "prompt"; });
  };
  if (job.options.prompt.empty() && std::none_of(tests.begin(), tests.end(), has_prompt))
    job.report.error({job.source, 0, 0}, "tests hold no prompt; give one, or a var named prompt");
  if (tests.empty()) job.report.error({job.source, 0, 0}, "there is no test");
  Emitter emitter(std::move(matrix), job.options.limits, job.report);
  for (const Test& test : tests) emitter.add(test);
  return std::move(emitter).suites();
}

}  // namespace

void add_tests(const Node& node, Files& files, Report& report, const Limits& limits, std::vector<Test>& tests) {
  TestsReader(files, report, limits, tests).add(node, true);
}

void add_json_lines(const std::string& source, std::string_view text, Files& files, Report& report,
                    std::vector<Test>& tests) {
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (text::trim(one).empty()) continue;
    auto tree = read_json(source, one, line);
    if (!tree) {
      report.error(tree.error().place, tree.error().message);
      continue;
    }
    check_values(*tree, report);
    tests.push_back(read_test(*tree, TestRole::test, files, report));
  }
}

std::vector<ImportedSuite> import_csv(const Job& job) {
  std::vector<Test> tests;
  add_table(job.source, job.text, job.files, job.report, job.options.limits, tests);
  return from_tests(job, tests);
}

std::vector<ImportedSuite> import_jsonl(const Job& job) {
  std::vector<Test> tests;
  add_json_lines(job.source, job.text, job.files, job.report, tests);
  for (std::size_t at = 0; at < tests.size(); ++at) {
    if (tests[at].description.value_or("").empty()) tests[at].description = "Row #" + std::to_string(at + 1);
  }
  return from_tests(job, tests);
}

}  // namespace assay::imports
