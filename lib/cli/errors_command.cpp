#include <array>
#include <cstdio>
#include <memory>

#include "cli/commands.hpp"
#include "cli/print_table.hpp"
#include "job/failure.hpp"

namespace assay::cli {
namespace {

using Kind = Failure::Kind;

struct Meaning {
  Kind kind;
  const char* source;  ///< who can be at fault
  const char* words;
};

constexpr std::array<Meaning, 19> meanings{{
    {Kind::rate_limited, "vendor, proxy", "too many requests or tokens for now; the wait that was asked for is kept"},
    {Kind::quota, "vendor, proxy", "the account's money or its day's share is used up; no wait of ours cures it"},
    {Kind::overloaded, "vendor, proxy", "the provider has no capacity at the moment"},
    {Kind::unavailable, "vendor, proxy", "the provider failed or is down (5xx)"},
    {Kind::unreachable, "vendor, proxy", "no connection: name, route, refusal, TLS"},
    {Kind::timed_out, "vendor, proxy", "no answer within the time allowed, or a stream that stalled"},
    {Kind::auth, "vendor, proxy, worker", "no key, or the provider does not take it"},
    {Kind::permission, "vendor, proxy", "the key may not do this"},
    {Kind::model_not_found, "vendor, proxy, worker", "nobody serves a model of that name"},
    {Kind::bad_request, "vendor, proxy, worker", "the request is wrong, and would be again"},
    {Kind::context_too_long, "vendor, proxy", "prompt and answer do not fit into the model's context"},
    {Kind::content_filter, "vendor, proxy", "the provider's filter stopped the prompt or the answer"},
    {Kind::malformed, "vendor, proxy", "an answer that cannot be read: the protocol is broken, or it is too large"},
    {Kind::cut_off, "vendor, proxy", "the answer ended in the middle"},
    {Kind::cancelled, "worker", "stopped here: the job was cancelled, or the worker drains"},
    {Kind::over_budget, "worker", "the job's budget does not allow the call"},
    {Kind::no_candidate, "worker", "no provider is configured that could be asked"},
    {Kind::outcome_unknown, "worker", "a call whose outcome nobody knows: charged at its bound"},
    {Kind::internal, "worker", "a fault of Assay itself"},
}};

postgres::Table table() {
  postgres::Table all;
  all.columns = {"kind", "retry", "source", "meaning"};
  for (const Meaning& meaning : meanings) {
    Failure failure;
    failure.kind = meaning.kind;
    all.rows.push_back(
        {std::string(to_string(meaning.kind)), worth_retrying(failure) ? "yes" : "no", meaning.source, meaning.words});
  }
  return all;
}

}  // namespace

void add_errors_command(CLI::App& program, Action& action) {
  CLI::App* errors = program.add_subcommand("errors", "Why calls fail.");
  errors->require_subcommand(1);
  auto json = std::make_shared<bool>(false);
  CLI::App* every = errors->add_subcommand(
      "list", "Every kind of failure, under the name that SQL, JSON and C++ have for it: these names do not change.");
  every->add_flag("--json", *json, "a JSON array");
  every->callback([&action, json] {
    action = [json] {
      std::printf("%s", *json ? json_array(table()).c_str() : to_text(table(), Format::text, 100).c_str());
      return ExitCode::ok;
    };
  });
}

}  // namespace assay::cli
