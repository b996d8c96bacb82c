#include <algorithm>
#include <cstdio>
#include <memory>

#include "cli/commands.hpp"
#include "cli/print_table.hpp"
#include "cli/reassert.hpp"
#include "cli/result_warnings.hpp"
#include "cli/sampling_options.hpp"
#include "suite/read.hpp"

namespace assay::cli {
namespace {

struct EnqueueOptions {
  std::string suite_file;
  postgres::Admin::Order order;
  SamplingOptions sampling;
  int copies = 1;
};

template <class T>
T accepted(Result<T, postgres::Refusal> answer) {
  if (!answer) throw Stop{ExitCode::usage, postgres::to_string(answer.error())};
  return std::move(*answer);
}

ExitCode enqueue(Context& context, EnqueueOptions& options) {
  auto text = config::read_small_file(options.suite_file, std::size_t{64} << 20);
  if (!text) throw Stop{ExitCode::usage, options.suite_file + ": " + text.error()};
  options.order.sampling = options.sampling.json();
  postgres::Admin admin = context.admin();
  options.order.suite = accepted(admin.put_suite(*text, options.order.tenant));
  const std::vector<postgres::Admin::Order> orders(static_cast<std::size_t>(options.copies), options.order);
  for (const JobId job : accepted(admin.enqueue(orders))) std::printf("%s\n", to_string(job).c_str());
  return ExitCode::ok;
}

ExitCode show_jobs(Context& context, std::int64_t job, std::int32_t newest, bool json) {
  postgres::Admin admin = context.admin();
  if (job == 0) {
    std::printf("%s", to_text(admin.jobs(newest), json ? Format::json : Format::text).c_str());
    return ExitCode::ok;
  }
  const postgres::Table table = admin.job(JobId(job));
  if (table.rows.empty()) throw Stop{ExitCode::usage, "there is no job " + std::to_string(job)};
  std::printf("%s", json ? to_text(table, Format::json).c_str() : to_lines(table).c_str());
  return ExitCode::ok;
}

/// For people: without the columns that say nothing for any cell.
postgres::Table what_is_said(const postgres::Table& table) {
  postgres::Table shown;
  shown.rows.resize(table.rows.size());
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const auto says = [&](const auto& row) { return row[column] && *row[column] != "" && *row[column] != "{}" && *row[column] != "f"; };
    if (std::none_of(table.rows.begin(), table.rows.end(), says)) continue;
    shown.columns.push_back(table.columns[column]);
    for (std::size_t row = 0; row < table.rows.size(); ++row) shown.rows[row].push_back(table.rows[row][column]);
  }
  return shown;
}

ExitCode cancel(Context& context, std::int64_t job, const std::string& reason) {
  const bool cancelled = accepted(context.admin().cancel(JobId(job), reason));
  std::printf("%s\n", cancelled ? "cancelled" : "it had already ended");
  return cancelled ? ExitCode::ok : ExitCode::tests_failed;
}

/// Exit 0: every cell passed or was unchecked; 1: some failed or ended in an error; 2: no such job.
ExitCode results(Context& context, std::int64_t job, bool json) {
  postgres::Admin admin = context.admin();
  if (admin.job(JobId(job)).rows.empty()) throw Stop{ExitCode::usage, "there is no job " + std::to_string(job)};
  const postgres::Table table = admin.results(JobId(job));
  std::printf("%s", (json ? to_text(table, Format::json) : to_text(what_is_said(table), Format::text, 40)).c_str());
  std::fputs(warnings_of(table).c_str(), stderr);
  std::size_t verdict = 0;
  while (verdict < table.columns.size() && table.columns[verdict] != "verdict") ++verdict;
  for (const auto& row : table.rows) {
    if (verdict < row.size() && row[verdict] && (*row[verdict] == "fail" || *row[verdict] == "error")) return ExitCode::tests_failed;
  }
  return ExitCode::ok;
}

/// Exit 0: every stored answer passes or is unchecked under the suite; 1: some do not, or cannot be judged; 2: no such
/// job, or the suite cannot be used.
ExitCode reassert(Context& context, std::int64_t job, const std::string& suite_file, bool json) {
  auto text = config::read_small_file(suite_file, std::size_t{64} << 20);
  if (!text) throw Stop{ExitCode::usage, suite_file + ": " + text.error()};
  const auto suite = suite::read(*text);
  if (!suite) throw Stop{ExitCode::usage, suite_file + ": " + suite.error().path + ": " + suite.error().message};
  const auto checks = assertions::compile_suite(*suite);
  if (!checks) throw Stop{ExitCode::usage, suite_file + ": " + checks.error().path + ": " + checks.error().message};
  postgres::Admin admin = context.admin();
  if (admin.job(JobId(job)).rows.empty()) throw Stop{ExitCode::usage, "there is no job " + std::to_string(job)};
  const auto cells = rejudge(admin.results(JobId(job)), *checks);
  std::printf("%s", (json ? to_json_lines(cells) : to_text(cells)).c_str());
  return any_bad(cells) ? ExitCode::tests_failed : ExitCode::ok;
}

}  // namespace

void add_job_commands(CLI::App& program, Context& context, Action& action) {
  auto options = std::make_shared<EnqueueOptions>();
  CLI::App* add = program.add_subcommand("enqueue", "Store a suite and enqueue a job for it; prints the job's number.");
  add->add_option("suite", options->suite_file, "JSON file of the suite")->required();
  add->add_option("--model", options->order.models, "model to test; repeat for several")->required();
  add->add_option("--tenant", options->order.tenant, "whose job it is");
  add->add_option("--queue", options->order.queue, "queue");
  add->add_option("--repeats", options->order.repeats, "how often each test is asked of each model");
  add->add_option("--priority", options->order.priority, "higher is more urgent");
  add->add_option("--max-cost", options->order.max_cost, "dollars the job may cost at most");
  add->add_option("--run-at", options->order.run_at, "not before this time");
  add->add_option("--metadata", options->order.metadata, "JSON object kept with the job");
  add->add_option("--traceparent", options->order.traceparent, "W3C trace context");
  add->add_option("--copies", options->copies, "enqueue so many jobs")->check(CLI::Range(1, 100000));
  options->sampling.add_to(*add);
  add->add_option("--config", context.config_file, "YAML file");
  add->callback([&, options] { action = [&, options] { return enqueue(context, *options); }; });

  auto job = std::make_shared<std::int64_t>(0);
  auto newest = std::make_shared<std::int32_t>(20);
  auto json = std::make_shared<bool>(false);
  auto reason = std::make_shared<std::string>();
  CLI::App* jobs = program.add_subcommand("jobs", "Look at jobs and steer them.");
  jobs->require_subcommand(1);
  CLI::App* show = jobs->add_subcommand("show", "One job, or the newest ones.");
  show->add_option("job", *job, "number of the job");
  show->add_option("--newest", *newest, "how many");
  show->add_flag("--json", *json, "one JSON object a line");
  show->callback([&, job, newest, json] { action = [&, job, newest, json] { return show_jobs(context, *job, *newest, *json); }; });
  CLI::App* stop = jobs->add_subcommand("cancel", "No new call is started; calls in flight are cut.");
  stop->add_option("job", *job, "number of the job")->required();
  stop->add_option("--reason", *reason, "for people");
  stop->callback([&, job, reason] { action = [&, job, reason] { return cancel(context, *job, *reason); }; });

  CLI::App* show_results = program.add_subcommand("results", "A job's results; exit 1 when a test failed.");
  show_results->add_option("job", *job, "number of the job");
  show_results->add_flag("--json", *json, "one JSON object a line");
  auto suite_file = std::make_shared<std::string>();
  CLI::App* again = show_results->add_subcommand("reassert", "Judge a job's stored answers by another suite; calls no model.");
  again->add_option("job", *job, "number of the job")->required();
  again->add_option("--suite", *suite_file, "JSON file of the suite; cases are matched by their place")->required();
  again->add_flag("--json", *json, "one JSON object a line, for every cell");
  show_results->callback([&, job, json, suite_file, show_results, again] {
    if (show_results->got_subcommand(again)) {
      action = [&, job, json, suite_file] { return reassert(context, *job, *suite_file, *json); };
    } else if (*job == 0) {
      throw CLI::RequiredError("job");
    } else {
      action = [&, job, json] { return results(context, *job, *json); };
    }
  });
}

}  // namespace assay::cli
