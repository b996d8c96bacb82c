#include <cstdio>
#include <memory>

#include "assertions/compile.hpp"
#include "cli/commands.hpp"
#include "cli/print_table.hpp"
#include "cli/sampling_options.hpp"
#include "json/number.hpp"
#include "pricing/price.hpp"
#include "suite/read.hpp"

namespace assay::cli {
namespace {

struct RunOptions {
  std::string suite_file, max_cost;
  RunOrder order;
  SamplingOptions sampling;
  bool json = false;
};

Suite read_suite(RunOptions& options) {
  auto text = config::read_small_file(options.suite_file, std::size_t{64} << 20);
  if (!text) throw Stop{ExitCode::usage, options.suite_file + ": " + text.error()};
  auto suite = suite::read(*text);
  if (!suite) throw Stop{ExitCode::usage, options.suite_file + ": " + suite.error().path + " " + suite.error().message};
  auto checks = assertions::compile_suite(*suite);
  if (!checks)
    throw Stop{ExitCode::usage, options.suite_file + ": " + checks.error().path + " " + checks.error().message};
  if (suite->cases.empty()) throw Stop{ExitCode::usage, options.suite_file + ": has no test case"};
  options.order.suite = std::move(*text);
  options.order.cases = static_cast<std::int32_t>(suite->cases.size());
  return std::move(*suite);
}

/// One row per finished cell, the columns named as in the view `results`.
postgres::Table table_of(const RunReport& report, const Suite& suite) {
  postgres::Table table;
  table.columns = {"cell", "test", "model", "repeat", "verdict", "failure", "score", "cost", "response", "details"};
  for (const CellResult& result : report.results) {
    const GridPlace place = place_of(report.terms, result.cell);
    const auto optional = [](bool there, std::string text) {
      return there ? std::optional(std::move(text)) : std::nullopt;
    };
    table.rows.push_back(
        {to_string(result.cell), suite.cases[static_cast<std::size_t>(place.test_case)].title, result.requested_model,
         std::to_string(place.repeat), std::string(to_string(result.verdict)),
         optional(result.failure.has_value(), result.failure ? std::string(to_string(*result.failure)) : ""),
         json::javascript_number(result.score),
         optional(result.cost.has_value(), result.cost ? to_dollars(*result.cost) : ""), result.completion.text,
         result.details});
  }
  return table;
}

/// Tests down, models across: passed of all finished, or the verdict when there was one.
postgres::Table matrix_of(const RunReport& report, const Suite& suite) {
  const std::size_t models = report.terms.models.size();
  std::vector<std::vector<const CellResult*>> cells(suite.cases.size() * models);
  for (const CellResult& result : report.results) {
    const GridPlace place = place_of(report.terms, result.cell);
    cells[static_cast<std::size_t>(place.test_case) * models + static_cast<std::size_t>(place.model)].push_back(
        &result);
  }
  postgres::Table table;
  table.columns = {"test"};
  table.columns.insert(table.columns.end(), report.terms.models.begin(), report.terms.models.end());
  for (std::size_t test = 0; test < suite.cases.size(); ++test) {
    std::vector<std::optional<std::string>> row{suite.cases[test].title};
    for (std::size_t model = 0; model < models; ++model) {
      const auto& here = cells[test * models + model];
      std::size_t passed = 0;
      for (const CellResult* result : here) passed += result->verdict == Verdict::pass ? 1 : 0;
      row.emplace_back(here.size() == 1 ? std::string(to_string(here[0]->verdict))
                                        : std::to_string(passed) + "/" + std::to_string(here.size()));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string summary_of(const RunReport& report) {
  std::size_t counts[4] = {};
  Money cost;
  bool unknown = false;
  for (const CellResult& result : report.results) {
    ++counts[static_cast<std::size_t>(result.verdict)];
    if (result.cost) cost += *result.cost;
    unknown = unknown || (result.seq > 0 && !result.cost);
  }
  std::string text;
  for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::error, Verdict::unchecked})
    text += std::to_string(counts[static_cast<std::size_t>(verdict)]) + " " + std::string(to_string(verdict)) + ", ";
  return text + "cost $" + to_dollars(cost) + (unknown ? " and calls of unknown price" : "");
}

ExitCode run(Context& context, RunOptions& options) {
  options.order.sampling = options.sampling.sampling();
  const config::Loaded loaded = context.settings();
  const Suite suite = read_suite(options);
  if (!options.max_cost.empty()) {
    options.order.max_cost = pricing::parse_dollars(options.max_cost);
    if (!options.order.max_cost)
      throw Stop{ExitCode::usage, "--max-cost is not an amount of dollars: " + options.max_cost};
  }
  const RunReport report = context.world().run_suite(loaded, options.order);
  std::printf("%s", options.json ? to_text(table_of(report, suite), Format::json).c_str()
                                 : to_text(matrix_of(report, suite), Format::text).c_str());
  std::fprintf(stderr, "%s\n", summary_of(report).c_str());
  if (report.interrupted) return ExitCode::interrupted;
  for (const CellResult& result : report.results) {
    if (result.verdict == Verdict::fail || result.verdict == Verdict::error) return ExitCode::tests_failed;
  }
  return ExitCode::ok;
}

}  // namespace

void add_run_command(CLI::App& program, Context& context, Action& action) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = program.add_subcommand("run", "Run a suite here, without a database; exit 1 when a test failed.");
  command->add_option("suite", options->suite_file, "JSON file of the suite")->required();
  command->add_option("--model,--models", options->order.models, "model to test; several with commas")
      ->required()
      ->delimiter(',');
  command->add_option("--repeat", options->order.repeats, "how often each test is asked of each model")
      ->check(CLI::Range(1, 1000));
  command->add_option("--max-cost", options->max_cost, "dollars the run may cost at most");
  command->add_flag("--json", options->json, "one JSON object a cell instead of the matrix");
  options->sampling.add_to(*command);
  command->add_option("--config", context.config_file, "YAML file");
  command->add_option("--set", context.sets, "key=value, over everything else")->take_all();
  command->callback([&, options] { action = [&, options] { return run(context, *options); }; });
}

}  // namespace assay::cli
