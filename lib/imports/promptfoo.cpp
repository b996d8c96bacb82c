#include <algorithm>
#include <cmath>

#include "imports/read_test.hpp"
#include "imports/sources.hpp"
#include "yaml/scalar.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

const std::vector<std::string>& config_keys() {
  static const std::vector<std::string> keys = {"tags",
                                                "description",
                                                "providers",
                                                "targets",
                                                "prompts",
                                                "tests",
                                                "scenarios",
                                                "defaultTest",
                                                "outputPath",
                                                "sharing",
                                                "nunjucksFilters",
                                                "env",
                                                "derivedMetrics",
                                                "extensions",
                                                "metadata",
                                                "redteam",
                                                "writeLatestResults",
                                                "tracing",
                                                "evaluateOptions",
                                                "commandLineOptions",
                                                "assertionTemplates",
                                                "plugins",
                                                "strategies"};
  return keys;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Keys that only hold what $ref or aliases name.
bool is_shelf(std::string_view key) {
  return key == "assertionTemplates" || key == "definitions" || key == "$defs" || key == "$schema" ||
         key.starts_with("x-") || key.starts_with('.');
}

bool is_empty(const Node& node) {
  return node.kind == Node::Kind::null || (node.kind == Node::Kind::list && node.items.empty()) ||
         (node.kind == Node::Kind::map && node.members.empty());
}

class ConfigReader {
 public:
  ConfigReader(const Job& job, Node root) : job_(job), root_(std::move(root)) {}

  std::vector<ImportedSuite> read() {
    if (root_.kind != Node::Kind::map) {
      job_.report.error(root_.place, "a configuration must be a map with prompts, providers and tests");
      return {};
    }
    for (const auto& member : root_.members) look_at(member);
    Matrix matrix;
    matrix.usual_repeats = repeats();
    matrix.name = suite_name(job_, said("description"));
    matrix.prompts = prompts();
    matrix.providers = providers();
    matrix.defaults = defaults();
    defaults_ = matrix.defaults;
    std::vector<Test> tests;
    if (const Node* node = root_.find("tests")) add_tests(*node, job_.files, job_.report, job_.options.limits, tests);
    const Node* scenarios = root_.find("scenarios");
    const bool has_scenarios = scenarios && scenarios->kind != Node::Kind::null;
    if (tests.empty() && !has_scenarios && !job_.report.failed()) tests.emplace_back().place = root_.place;
    Emitter emitter(std::move(matrix), job_.options.limits, job_.report);
    for (const Test& test : tests) emitter.add(test);
    if (has_scenarios) add_scenarios(*scenarios, emitter);
    return std::move(emitter).suites();
  }

 private:
  void look_at(const Node::Member& member) {
    const std::string& key = member.key;
    const auto& keys = config_keys();
    if (is_shelf(key)) return;
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      job_.report.unknown_key(member.place, "a configuration", key, keys);
    } else if (is_empty(member.value)) {
      return;
    } else if (key == "nunjucksFilters" || key == "extensions") {
      job_.report.error(member.place, key + ": is code; imports take none", "", key);
    } else if (is_one_of(key, {"redteam", "plugins", "strategies"})) {
      job_.report.error(member.place, key + ": red teaming makes its own tests; there is nothing to carry over", "",
                        key);
    } else if (key == "evaluateOptions" || key == "commandLineOptions") {
      for (const auto& option : member.value.members) {
        if (option.key != "repeat")
          job_.report.warning(option.place, key + "." + option.key + ": not carried over", "", option.key);
      }
    } else if (is_one_of(key,
                         {"tags", "outputPath", "sharing", "env", "derivedMetrics", "writeLatestResults", "tracing"})) {
      job_.report.warning(member.place, key + ": not carried over", "", key);
    }
  }

  std::string said(std::string_view key) const {
    const Node* node = root_.find(key);
    return node ? std::string(yaml::as_text(*node).value_or("")) : "";
  }

  std::uint64_t repeats() {
    std::uint64_t times = 1;
    for (const char* section : {"evaluateOptions", "commandLineOptions"}) {
      const Node* options = root_.find(section);
      const Node* repeat = options ? options->find("repeat") : nullptr;
      if (!repeat || repeat->kind == Node::Kind::null) continue;
      const auto number = yaml::as_number(*repeat);
      const bool whole = number && *number >= 1 && *number <= 1e6 && *number == std::floor(*number);
      if (whole)
        times = static_cast<std::uint64_t>(*number);
      else
        job_.report.error(repeat->place, "repeat: must be a whole number from 1 on");
    }
    return times;
  }

  std::vector<Prompt> prompts() {
    const Node* node = root_.find("prompts");
    if (node && node->kind != Node::Kind::null) return read_prompts(*node, job_.files, job_.report);
    return read_prompts(text_node(job_.options.prompt.empty() ? "{{prompt}}" : job_.options.prompt, root_.place),
                        job_.files, job_.report);
  }

  std::vector<Provider> providers() {
    const Node* providers = root_.find("providers");
    const Node* targets = root_.find("targets");
    if (providers && targets) job_.report.error(targets->place, "targets: providers are there too; one of them only");
    const Node* node = providers ? providers : targets;
    if (node && node->kind != Node::Kind::null) return read_providers(*node, job_.report);
    job_.report.warning(root_.place, "providers: there is none; name models when the suite is run");
    return {};
  }

  Test defaults() {
    Test defaults;
    const Node* node = root_.find("defaultTest");
    if (node && yaml::as_text(*node)) {
      const auto tree = job_.files.tree(node->text, node->place);
      if (tree) defaults = read_test(*tree, TestRole::defaults, job_.files, job_.report);
    } else if (node && node->kind != Node::Kind::null) {
      defaults = read_test(*node, TestRole::defaults, job_.files, job_.report);
    }
    const Node* metadata = root_.find("metadata");
    const bool own = node && node->find("metadata");
    if (metadata && metadata->kind == Node::Kind::map && !own) defaults.metadata = metadata->members;
    return defaults;
  }

  void add_scenarios(const Node& node, Emitter& emitter) {
    if (yaml::as_text(node)) {
      const auto tree = job_.files.tree(node.text, node.place);
      if (tree) add_scenarios_of(*tree, emitter);
    } else {
      add_scenarios_of(node, emitter);
    }
  }
  void add_scenarios_of(const Node& list, Emitter& emitter) {
    if (list.kind != Node::Kind::list) return job_.report.error(list.place, "scenarios: must be a list");
    for (const Node& item : list.items) {
      if (!yaml::as_text(item)) {
        scenario(item, emitter);
      } else if (const auto tree = job_.files.tree(item.text, item.place)) {
        if (tree->kind != Node::Kind::list) scenario(*tree, emitter);
        for (const Node& one : tree->items) scenario(one, emitter);
      }
    }
  }

  void scenario(const Node& node, Emitter& emitter) {
    static const std::vector<std::string> keys = {"description", "config", "tests"};
    if (node.kind != Node::Kind::map)
      return job_.report.error(node.place, "a scenario must be a map with config and tests");
    for (const auto& member : node.members) {
      if (std::find(keys.begin(), keys.end(), member.key) == keys.end())
        job_.report.unknown_key(member.place, "a scenario", member.key, keys);
    }
    const Node* config = node.find("config");
    if (!config || config->kind != Node::Kind::list)
      return job_.report.error(node.place, "a scenario must have a list config");
    std::vector<Test> rows, tests;
    for (const Node& row : config->items) rows.push_back(read_test(row, TestRole::row, job_.files, job_.report));
    const Node* own = node.find("tests");
    if (own && own->kind != Node::Kind::null) add_tests(*own, job_.files, job_.report, job_.options.limits, tests);
    if (tests.empty()) job_.report.warning(node.place, "a scenario without tests makes no case");
    for (const Test& row : rows) {
      for (const Test& test : tests) emitter.add(in_scenario(defaults_, row, test));
    }
  }

  const Job& job_;
  Node root_;
  Test defaults_;
};

}  // namespace

std::vector<ImportedSuite> import_promptfoo(const Job& job) {
  auto root = read_tree(job.report, job.source, job.text);
  return root ? ConfigReader(job, std::move(*root)).read() : std::vector<ImportedSuite>();
}

}  // namespace assay::imports
