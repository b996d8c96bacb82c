#include <signal.h>

#include <boost/test/unit_test.hpp>

#include <cstdio>

#include "tests/system/stage.hpp"

using namespace assay::testing;

/// Mixed calls through a whole worker: five providers in four dialects, streamed and not, cached, written and reasoning
/// tokens, counts that are left out, errors, repeats and cut streams. Afterwards three books are laid side by side,
/// call by call: our ledger, our results, and the fake provider's own account.
///   cost_identity -- [--calls N]   (10,000)
namespace {

/// Prices are the same on both sides: here for a million tokens in nano-dollars, below in dollars.
constexpr const char* script = R"({
  "seed": 5,
  "default": {"latency_ms": {"uniform": [1, 20]}, "text": "Paris."},
  "rules": [
    {"probability": 0.04, "status": 503},
    {"probability": 0.03, "status": 429, "retry_after": "0"},
    {"probability": 0.02, "fault": "cut_before_headers", "mark": "cut"},
    {"probability": 0.03, "fault": "cut_mid_content", "mark": "cut"},
    {"probability": 0.02, "fault": "no_marker", "mark": "cut"},
    {"match": {"dialect": "anthropic", "every": 5}, "tokens": {"input": 4211, "cached": 1013, "written": 877, "output": 331}},
    {"match": {"every": 6}, "tokens": {"input": 15007, "cached": 9001, "output": 701}},
    {"match": {"every": 9}, "tokens": {"input": 333, "output": 777, "reasoning": 555}},
    {"match": {"every": 11}, "tokens": {"input": 0, "output": 0}},
    {"match": {"every": 13}, "tokens": {"input": 123457, "output": 12345}}],
  "bills": [
    {"model": "chat-1", "input": 2500000001, "cached": 1250000003, "output": 10000000007},
    {"model": "messages-1", "input": 3000000019, "cached": 300000007, "written": 3750000011, "output": 15000000013},
    {"model": "gemini-x", "input": 1250000021, "cached": 310000003, "output": 10000000033},
    {"model": "local-1", "input": 100000007, "cached": 100000007, "output": 400000009},
    {"model": "gate-1", "input": 70000003, "cached": 7000001, "output": 210000017}]
})";

constexpr const char* providers = R"(  anthropic:
    base_url: @FAKE@
    api_key: stand-in
  gemini:
    base_url: @FAKE@
    api_key: stand-in
  ollama:
    base_url: @FAKE@
  deepseek:
    base_url: @FAKE@
    api_key: stand-in
)";

void add_models(Stage& stage) {
  const auto put = [&](const char* name, const char* provider, const char* model, const char* prices) {
    stage.database().run(std::string("select @assay@.put_model('") + name + "', '" + provider + "', '" + model +
                         "', '" + prices + "')");
  };
  put("a", "openai", "chat-1",
      R"({"unit": "per_million", "input": "2.500000001", "cached_read": "1.250000003", "output": "10.000000007"})");
  put("b", "anthropic", "messages-1",
      R"({"unit": "per_million", "input": "3.000000019", "cached_read": "0.300000007", "cache_write_5m": "3.750000011",
          "output": "15.000000013"})");
  put("c", "gemini", "gemini-x",
      R"({"unit": "per_million", "input": "1.250000021", "cached_read": "0.310000003", "output": "10.000000033"})");
  put("d", "ollama", "local-1", R"({"unit": "per_million", "input": "0.100000007", "output": "0.400000009"})");
  put("e", "deepseek", "gate-1",
      R"({"unit": "per_million", "input": "0.070000003", "cached_read": "0.007000001", "output": "0.210000017"})");
}

/// So many cells, half of them streamed.
void enqueue(Stage& stage, std::int64_t calls) {
  const std::string suite = stage.database().text("select @assay@.put_suite('" + plain_suite(20) + "'::text)");
  const std::int64_t pairs = (calls + 199) / 200;
  stage.database().run("select @assay@.enqueue_jobs(jsonb_agg(jsonb_build_object('suite', " + suite +
                       ", 'models', '[\"a\", \"b\", \"c\", \"d\", \"e\"]'::jsonb, 'sampling', "
                       "jsonb_build_object('stream', n % 2 = 0)))) "
                       "from generate_series(1, " +
                       std::to_string(2 * pairs) + ") n");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cost_identity)

BOOST_AUTO_TEST_CASE(three_books_agree_to_the_nano_dollar) {
  const std::int64_t calls = parameter("calls", 10'000);
  Stage stage(script, "worker:\n  slots: 32\nretry:\n  backoff: 10ms\n  backoff_cap: 50ms\n", cluster_url(), providers);
  add_models(stage);
  enqueue(stage, calls);
  const auto start = std::chrono::steady_clock::now();
  const auto worker = stage.worker("w1");
  stage.await_all_jobs(std::chrono::seconds(1200));
  const double took = seconds_since(start);
  worker->signal(SIGTERM);
  BOOST_TEST(worker->wait() == 0);

  const std::int64_t received = stage.compare_ledgers();
  const auto count = [&](const std::string& sql) { return stage.number("select count(*) from " + sql); };
  const std::string mine = "public.received r join public.ledger l on l.call_id = r.id";
  const std::int64_t answered = count("public.ledger where state = 'answered'"),
                     failed = count("public.ledger where state = 'failed'");
  const std::int64_t streamed = count("@assay@.results where streamed"),
                     cached = count("@assay@.calls where cached_read > 0");
  const std::int64_t written = count("@assay@.calls where cache_write_5m > 0"),
                     thought = count("@assay@.calls where reasoning > 0");
  const std::string answers = mine + " where l.state = 'answered'";
  const std::int64_t ours = stage.number("select sum(l.nanos) from " + answers),
                     theirs = stage.number("select sum(r.nanos) from " + answers);
  const std::int64_t results = stage.number("select sum(cost_nanos) from @assay_private@.result where seq > 0");
  std::printf(
      "%lld calls received in %.1f s: %lld answered (%lld streamed, %lld with cached, %lld written, %lld reasoning "
      "tokens), %lld "
      "failed; dollars of answers: ledger %.9f, results %.9f, provider %.9f\n",
      static_cast<long long>(received), took, static_cast<long long>(answered), static_cast<long long>(streamed),
      static_cast<long long>(cached), static_cast<long long>(written), static_cast<long long>(thought),
      static_cast<long long>(failed), static_cast<double>(ours) / 1e9, static_cast<double>(results) / 1e9,
      static_cast<double>(theirs) / 1e9);

  BOOST_TEST(received >= calls);
  BOOST_TEST(streamed > calls / 4);
  for (const std::int64_t some : {cached, written, thought, failed}) BOOST_TEST(some > 0);
  BOOST_TEST(ours == theirs);
  BOOST_TEST(results == theirs);
  BOOST_TEST(count(answers + " and l.nanos is distinct from r.nanos") == 0);
  BOOST_TEST(
      stage.database().text(
          "select coalesce(string_agg(w, E'\\n'), '') from (select concat_ws(' ', c.model, c.call_id, c.cost, "
          "r.nanos, c.streamed, c.usage_raw) as w from public.received r join @assay@.calls c on c.call_id = r.id "
          "where c.state = 'answered' and (c.cost * 1e9)::bigint is distinct from r.nanos limit 5) t") == "");
  // The ledger's row and the result's are one number; what broke was never booked below what the provider took.
  BOOST_TEST(count("public.ledger l join @assay_private@.result t on t.job_id = l.job_id and t.cell = l.cell and t.seq "
                   "= l.seq where "
                   "l.nanos is distinct from t.cost_nanos") == 0);
  BOOST_TEST(count(mine + " where l.state <> 'answered' and l.charged < r.nanos and r.mark <> 'cut'") == 0);
  BOOST_TEST(count("(select id from public.received group by id having count(*) > 1) t") == 0);
  BOOST_TEST(count("public.received r where not exists (select from public.ledger l where l.call_id = r.id)") == 0);
  // What was booked is what the stored tokens and the stored price give.
  BOOST_TEST(stage.number("select sum((difference * 1e9)::bigint) + sum(newly_rated_calls) from @assay@.rerate()") ==
             0);
  BOOST_TEST(stage.number("select sum((cost * 1e9)::bigint) from @assay@.usage") ==
             stage.number("select sum((cost * 1e9)::bigint) from @assay@.calls"));
  stage.verify();
}

BOOST_AUTO_TEST_SUITE_END()
