#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "assertions/judge_line.hpp"
#include "assertions/type_table.hpp"
#include "cli/commands.hpp"
#include "javascript/sandbox.hpp"
#include "runtime/parallel.hpp"

namespace assay::cli {
namespace {

using assertions::LineJudge;

constexpr std::size_t most_suite_bytes = std::size_t{64} << 20;
constexpr std::size_t lines_at_once = 512, bytes_at_once = std::size_t{16} << 20;

struct JudgeOptions {
  std::string file = "-", suite_file;
  int threads = 1;
  bool allow_javascript = false;
};

/// Reads lines in portions, so that memory does not grow with the input.
class Lines {
 public:
  explicit Lines(const std::string& file) {
    if (file == "-") return;
    opened_.open(file, std::ios::binary);
    if (!opened_) throw Stop{ExitCode::usage, file + ": cannot be read"};
    in_ = &opened_;
  }

  struct Line {
    std::size_t number = 0;
    std::string text;
  };
  std::vector<Line> next(std::size_t most) {
    std::vector<Line> lines;
    std::size_t bytes = 0;
    for (std::string text; lines.size() < most && bytes < bytes_at_once && std::getline(*in_, text);) {
      ++number_;
      bytes += text.size();
      if (text.ends_with('\r')) text.pop_back();
      if (!text.empty()) lines.push_back({number_, std::move(text)});
    }
    return lines;
  }

 private:
  std::ifstream opened_;
  std::istream* in_ = &std::cin;
  std::size_t number_ = 0;
};

LineJudge judge_for(const JudgeOptions& options) {
  LineJudge::Options chosen;
  chosen.suite_file = options.suite_file;
  chosen.read_file = [](const std::string& path) { return config::read_small_file(path, most_suite_bytes); };
  if (options.allow_javascript)
    chosen.bounds.scripts = std::make_shared<const javascript::Sandbox>(javascript::sandbox_program());
  return LineJudge(std::move(chosen));
}

/// Each thread takes every n-th line with a judge of its own; the order of the answers is the order of the lines.
std::vector<LineJudge::Judged> judge_all(std::vector<LineJudge>& judges, const std::vector<Lines::Line>& lines) {
  std::vector<LineJudge::Judged> judged(lines.size());
  const auto share = [&](std::size_t first) {
    for (std::size_t at = first; at < lines.size(); at += judges.size()) judged[at] = judges[first].judge(lines[at].text);
  };
  in_parallel(std::min(judges.size(), lines.size()), share);
  return judged;
}

ExitCode judge(const JudgeOptions& options) {
  Lines input(options.file);
  std::vector<LineJudge> judges;
  for (int count = 0; count < options.threads; ++count) judges.push_back(judge_for(options));
  const std::size_t portion = options.threads == 1 ? 1 : lines_at_once;
  bool bad = false, failed = false;
  for (auto lines = input.next(portion); !lines.empty(); lines = input.next(portion)) {
    const auto judged = judge_all(judges, lines);
    for (std::size_t at = 0; at < judged.size(); ++at) {
      if (judged[at].verdict) {
        std::printf("%s\n", judged[at].text.c_str());
        failed = failed || judged[at].verdict == Verdict::fail || judged[at].verdict == Verdict::error;
      } else {
        std::fprintf(stderr, "assay: line %zu: %s\n", lines[at].number, judged[at].text.c_str());
        bad = true;
      }
    }
  }
  if (bad) return ExitCode::usage;
  return failed ? ExitCode::tests_failed : ExitCode::ok;
}

}  // namespace

void add_judge_command(CLI::App& program, Action& action) {
  auto options = std::make_shared<JudgeOptions>();
  CLI::App* judging = program.add_subcommand("judge", "Judge answers in a JSON Lines file, without a database; exit 1 when one failed.");
  judging->add_option("file", options->file, "lines to judge; - is standard input");
  judging->add_option("--suite", options->suite_file, "JSON file of the suite for lines that have none");
  judging->add_flag("--allow-javascript", options->allow_javascript, "run assertions that are code, in a process that has nothing");
  judging->add_option("--threads", options->threads, "how many lines at once")->check(CLI::Range(1, 256));
  judging->callback([&action, options] { action = [options] { return judge(*options); }; });
}

void add_assertions_command(CLI::App& program, Action& action) {
  CLI::App* types = program.add_subcommand("assertions", "What can be asserted.");
  types->require_subcommand(1);
  CLI::App* list = types->add_subcommand("list", "Every assertion type, as a Markdown table.");
  list->callback([&action] {
    action = [] {
      std::printf("%s", assertions::type_table().c_str());
      return ExitCode::ok;
    };
  });
}

}  // namespace assay::cli
