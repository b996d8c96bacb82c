#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "fake/ledger.hpp"
#include "fake/open_calls.hpp"
#include "fake/performance.hpp"
#include "fake/plan.hpp"
#include "net/http_server.hpp"

namespace assay::fake {

struct Options {
  net::Address address;
  Script script;
  net::HttpLimits limits = patient();

  /// Idle connections stay for an hour: none is closed just as a client sends its next call on it.
  static net::HttpLimits patient() {
    net::HttpLimits limits;
    limits.idle = std::chrono::hours(1);
    return limits;
  }
};

/// Sums over the calls since the last reset.
struct Totals {
  std::uint64_t received = 0, delivered = 0, aborted = 0;
  std::int64_t tokens_in = 0, tokens_out = 0, nanos = 0;
};

/// A stand-in for model vendors: speaks the formats of OpenAI (chat and responses), Azure, Anthropic, Gemini, Bedrock
/// and Ollama, whole and in streams, is slow and faulty as its script says, and keeps its own ledger of calls and
/// money. It shares no code with the clients it judges. Its doors:
///
///   the vendors' own: dialect_of() and list_for() know them
///   POST /_fake/script   a new script (see docs/fake-provider.md); 400 with the reason when it is wrong
///   GET  /_fake/ledger   ?after=N&limit=M&format=lines|array; the number to go on from is in X-Fake-Next
///   GET  /_fake/stats    counts, open calls by worker
///   POST /_fake/reset    forgets ledger, counts and peaks; the script stays and counts its rules from the beginning
///
/// The client names its call in X-Request-ID and itself in X-Assay-Worker (else User-Agent). Loop thread only; outlives
/// the run() it started.
class Provider {
 public:
  /// Listens from here on. Throws std::system_error when the address is bad or taken.
  Provider(Loop& loop, net::EpollPort& port, Options options = {});

  std::uint16_t port() const { return server_.port(); }
  std::string url() const;

  /// Serves until drained; stopping its scope cuts all connections.
  Task<> run() { return server_.run(); }
  void drain() { server_.drain(); }

  Result<void, std::string> use_script(std::string_view json);
  void reset();

  const Ledger& ledger() const { return ledger_; }
  const OpenCalls& open() const { return open_; }
  const Totals& totals() const { return totals_; }
  std::string stats_json() const;

 private:
  class Call;
  Task<> route(net::ServerRequest request, net::Exchange& exchange);
  Task<> answer_call(net::ServerRequest request, net::Exchange& exchange, const Dialect& dialect);
  Result<Question, ErrorAnswer> read(const net::ServerRequest& request, const Dialect& dialect) const;
  Plan plan_for(const Caller& caller, const Result<Question, ErrorAnswer>& question);
  Ledger::Ref enter(const Caller& caller, const Plan& plan, const std::string& model);
  Caller caller_of(const net::ServerRequest& request, const Dialect& dialect) const;
  net::ServerResponse control(const net::ServerRequest& request);
  net::ServerResponse ledger_page(const net::ServerRequest& request) const;

  Loop& loop_;
  const Instant start_;
  Planner planner_;
  Ledger ledger_;
  OpenCalls open_;
  Totals totals_;
  std::uint64_t calls_ = 0;
  Performance performance_;
  net::HttpServer server_;
};

}  // namespace assay::fake
