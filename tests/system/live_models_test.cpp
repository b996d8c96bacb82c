#include <signal.h>

#include <boost/test/unit_test.hpp>

#include "tests/system/stage.hpp"

using namespace assay::testing;

/// Models come, change and go while a worker runs: nobody restarts it.
namespace {

constexpr const char* script =
    R"({"default": {"latency_ms": 5, "text": "Paris.", "tokens": {"input": 100, "output": 10}}})";

struct Live : Stage {
  Live() : Stage(script, "worker:\n  slots: 4\n") {}

  std::int64_t one_job(const std::string& model) {
    const Said said = assay({"enqueue", file("suite.json", plain_suite(1)), "--model", model});
    BOOST_REQUIRE_MESSAGE(said.code == 0, said.err);
    const std::int64_t job = std::stoll(said.out);
    await("the end of job " + said.out, std::chrono::seconds(60), [&] { return open_jobs() == 0; });
    return job;
  }
  std::string of(const std::string& what, std::int64_t job) {
    return database().text("select coalesce(" + what +
                           ", '') from @assay@.results where job_id = " + std::to_string(job));
  }
  void add(const std::vector<std::string>& more) {
    std::vector<std::string> words{"models", "add", "house/fast", "--provider", "openai", "--model", "tiny-1"};
    words.insert(words.end(), more.begin(), more.end());
    const Said said = assay(words);
    BOOST_REQUIRE_MESSAGE(said.code == 0, said.err);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(live_models)

BOOST_FIXTURE_TEST_CASE(are_known_to_a_worker_that_runs, Live) {
  const auto worker = this->worker("w1");
  BOOST_TEST(of("failure", one_job("house/fast")) == "no_candidate");

  // The first job after the addition, whenever it comes: a worker that does not know a name asks before it gives up.
  add({"--price-in", "2.5", "--price-out", "10", "--unit", "per_million"});
  const std::int64_t known = one_job("house/fast");
  BOOST_TEST(of("verdict", known) == "pass");
  BOOST_TEST(of("cost::text", known) == "0.000350000");
  BOOST_TEST(of("called_model", known) == "tiny-1");
  BOOST_TEST(database().text("select price ->> 'source' from @assay@.calls where job_id = " + std::to_string(known)) ==
             "put_model");

  // A change is heard with the control number.
  add({"--price-in", "0.005", "--price-out", "0.02", "--unit", "per_thousand"});
  await("the new price", std::chrono::seconds(60),
        [&] { return of("cost::text", one_job("house/fast")) == "0.000700000"; });
  BOOST_TEST(assay({"models", "remove", "house/fast"}).code == 0);
  await("the end of the model", std::chrono::seconds(60),
        [&] { return of("failure", one_job("house/fast")) == "no_candidate"; });
  BOOST_TEST(assay({"models", "remove", "house/fast"}).code == 2);

  worker->signal(SIGTERM);
  BOOST_TEST(worker->wait() == 0);
  verify();
}

BOOST_FIXTURE_TEST_CASE(with_a_price_of_another_unit_are_warned_of, Live) {
  const Said said = assay({"models", "add", "mine", "--provider", "openai", "--model", "gpt-4o", "--price-in", "2.5",
                           "--price-out", "10", "--unit", "per_thousand"});
  BOOST_TEST(said.code == 0);
  BOOST_TEST(said.err.find("warning:") != std::string::npos, said.err);
  const Said without =
      assay({"models", "add", "mine", "--provider", "openai", "--price-in", "2.5", "--price-out", "10"});
  BOOST_TEST(without.code == 2);
  BOOST_TEST(without.err.find("--unit") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_wish_that_no_provider_takes_is_refused_before_there_is_a_job, Live) {
  const std::string suite = file("suite.json", plain_suite(1));
  for (const std::vector<std::string>& wish : std::vector<std::vector<std::string>>{{"--temperature", "9"},
                                                                                    {"--top-p", "1.5"},
                                                                                    {"--frequency-penalty", "-3"},
                                                                                    {"--max-tokens", "0"},
                                                                                    {"--seed", "x"},
                                                                                    {"--reasoning-effort", "extreme"},
                                                                                    {"--tool-choice", "f"}}) {
    std::vector<std::string> words{"enqueue", suite, "--model", "gpt-4o"};
    words.insert(words.end(), wish.begin(), wish.end());
    const Said said = assay(words);
    BOOST_TEST(said.code == 2, wish[0] << ": " << said.err);
  }
  BOOST_TEST(number("select count(*) from @assay_private@.job") == 0);

  const std::string tools =
      file("tools.json", R"([{"type": "function", "function": {"name": "f", "parameters": {}}}])");
  const Said taken = assay({"enqueue", suite, "--model", "gpt-4o", "--temperature", "0.5", "--stop", "END", "--stop",
                            "STOP", "--tools", tools, "--tool-choice", "f", "--seed", "-7", "--stream"});
  BOOST_TEST(taken.code == 0, taken.err);
  BOOST_TEST(database().text("select sampling::text from @assay@.jobs") ==
             R"({"seed": -7, "stop": ["END", "STOP"], "tools": [{"name": "f", "parameters": {}}], "stream": true, )"
             R"("temperature": 0.5, "tool_choice": "f"})");
}

BOOST_AUTO_TEST_SUITE_END()
