#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "assertions/compile.hpp"
#include "base/result.hpp"
#include "job/suite.hpp"
#include "job/verdict.hpp"

namespace assay::assertions {

/// Judges answers that come as lines of JSON, without a database, by the engine that workers use. One thread.
///
///   {"id"?, "dialect"?: "prpm", "assertions": […], "vars"?, "threshold"?, "expected_output"?, "templates"?,
///    "output": text or any JSON,
///    "context"?: {"latency_ms", "ttft_ms", "cached", "cost", "tokens": {"prompt", "completion", "total"}, "logprobs":
///    […],
///                 "finish_reason", "metadata": {}, "tools": […], "tool_calls": […], "trace": {}, "guardrails": {}}}
///
/// or, instead of assertions, "suite": a file or a suite itself, with "case": a number from 0. With a suite given to
/// the constructor a line may have "case" alone.
class LineJudge {
 public:
  using ReadFile = std::function<Result<std::string, std::string>(const std::string& path)>;
  struct Options {
    std::string suite_file{};  ///< the suite of lines that name none; empty: they must have assertions
    ReadFile read_file{};
    SuiteBounds bounds{};
  };
  explicit LineJudge(Options options) : options_(std::move(options)) {}

  struct Judged {
    std::optional<Verdict> verdict;  ///< empty: the line is no input
    /// {"id", "verdict", "pass", "score", "reason", "first_failed"?, "named_scores"?, "assertions": […]}; an error has
    /// "error" too, and where the assertions themselves are at fault "fault": {"path", "message"} instead of a list.
    /// For a line that is no input: what is wrong with it, for people.
    std::string text;
  };
  Judged judge(std::string_view line);

 private:
  struct Loaded;
  struct Chosen;
  using LoadedSuite = Result<std::shared_ptr<const Loaded>, Fault>;
  LoadedSuite suite_file(const std::string& path);
  Result<Chosen, Fault> choose(json::View line);
  Result<Chosen, Fault> from_suite(json::View line);
  Result<Chosen, Fault> from_assertions(json::View line);

  Options options_;
  std::map<std::string, LoadedSuite> suites_;
  std::string last_key_;  ///< lines often repeat their assertions
  std::shared_ptr<const CompiledCase> last_;
};

}  // namespace assay::assertions
