#include <signal.h>

#include <boost/test/unit_test.hpp>

#include <cstdio>

#include "json/writer.hpp"
#include "tests/system/stage.hpp"

using namespace assay::testing;

/// What hostile models and package authors send, through the whole program: each ends in a stored result or a clear
/// error, is paid for in the books, and harms no neighbour.
namespace {

constexpr std::size_t long_answer = 100 << 10;
constexpr int neighbours = 99;

std::string script() {
  std::string text;
  assay::json::Writer writer(text);
  const auto rule = [&](const std::string& word, const std::string& fault, const std::string& answer) {
    writer.begin_object().key("match").begin_object().field("prompt_contains", word).end_object();
    writer.field("latency_ms", 300).field("text", answer).field("mark", word);
    if (!fault.empty()) writer.field("fault", fault);
    writer.end_object();
  };
  writer.begin_object().key("default").begin_object().field("latency_ms", 300).field("text", "Paris.").end_object();
  writer.key("rules").begin_array();
  rule("hostile-nul", "nul_text", "ParisRome");
  rule("hostile-utf8", "bad_utf8", "ParisRome");
  rule("hostile-nested", "nested", "");
  rule("hostile-large", "large", "");
  rule("long-match", "", std::string(long_answer, 'a'));
  rule("long-miss", "", std::string(long_answer, 'a') + "!");
  writer.end_array()
      .key("bills")
      .begin_array()
      .begin_object()
      .field("model", "gpt-4o")
      .field("input", std::int64_t{2'500'000'000});
  writer.field("output", std::int64_t{10'000'000'000}).end_object().end_array().end_object();
  return text;
}

/// One case that gets the hostile answer, and so many that get good ones.
std::string suite(const std::string& input, const std::string& assertions, int others) {
  std::string text;
  assay::json::Writer writer(text);
  writer.begin_object()
      .field("name", input)
      .field("prompt", "Answer.")
      .key("defaults")
      .begin_object()
      .field("max_tokens", 60000)
      .end_object();
  writer.key("cases").begin_array();
  writer.begin_object().field("title", "hostile").field("input", input).key("assertions").raw(assertions).end_object();
  for (int i = 0; i < others; ++i) {
    writer.begin_object().field("title", "good " + std::to_string(i)).field("input", "question " + std::to_string(i));
    writer.key("assertions").raw(R"([{"type":"contains","value":"Paris"}])").end_object();
  }
  writer.end_array().end_object();
  return text;
}

/// A worker that calls once, so that the hostile answer is settled together with its neighbours'.
struct Hostile : Stage {
  Hostile() : Stage(script(), "worker:\n  slots: 128\nretry:\n  max_calls: 1\n"), worker_(worker("w1")) {}
  ~Hostile() {
    worker_->signal(SIGTERM);
    BOOST_TEST(worker_->wait() == 0);  // it lives, whatever it was sent
    verify();
  }

  struct Ending {
    std::string verdict, failure, escaped, response, judging_ms, charged;
  };
  Ending test(const std::string& input, const std::string& assertions, int others = neighbours) {
    const std::int64_t job = enqueue(suite(input, assertions, others))[0];
    await_all_jobs(std::chrono::seconds(90));
    const std::string where = " from @assay@.results where cell = 0 and job_id = " + std::to_string(job);
    const auto value = [&](const std::string& what) {
      return database().text("select coalesce((" + what + ")::text, '')" + where);
    };
    Ending ending{value("verdict"),      value("failure"),
                  value("text_escaped"), value("left(response, 200)"),
                  value("judging_ms"),   ""};
    ending.charged =
        database().text("select coalesce(sum(charged)::text, 'null') from @assay@.calls where cell = 0 and job_id = " +
                        std::to_string(job));
    const std::int64_t good =
        number("select count(*) from @assay@.results where cell > 0 and verdict = 'pass' and cost > 0 and job_id = " +
               std::to_string(job));
    std::printf("%s: %s %s, escaped %s, judged in %s ms, charged %s dollars, good neighbours %lld of %d\n",
                input.c_str(), ending.verdict.c_str(), ending.failure.c_str(), ending.escaped.c_str(),
                ending.judging_ms.c_str(), ending.charged.c_str(), static_cast<long long>(good), others);
    BOOST_TEST(good == others);
    BOOST_TEST(number("select (coalesce(sum(charged), 0) > 0)::int from @assay@.calls where cell = 0 and job_id = " +
                      std::to_string(job)) == 1);
    return ending;
  }

 private:
  std::unique_ptr<Child> worker_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hostile_answers, Hostile)

BOOST_AUTO_TEST_CASE(a_nul_is_stored_escaped_and_judged_as_it_came) {
  // The answer is Pari, NUL, sRome: ten characters.
  const Ending right = test(
      "hostile-nul",
      R"([{"type":"contains","value":"sRome"},{"type":"not-contains","value":"\\x00"},{"type":"length-less-than","value":11},{"type":"length-greater-than","value":9}])");
  const Ending wrong = test("hostile-nul", R"([{"type":"contains","value":"Paris"}])");

  BOOST_TEST(right.verdict == "pass");
  BOOST_TEST(wrong.verdict == "fail");
  BOOST_TEST(right.escaped == "true");
  BOOST_TEST(right.response == "Pari\\x00sRome");
}

BOOST_AUTO_TEST_CASE(bad_utf8_is_stored_escaped_and_judged_as_it_came) {
  const Ending right = test(
      "hostile-utf8",
      R"([{"type":"contains","value":"sRome"},{"type":"not-contains","value":"\\xff"},{"type":"contains","value":"("}])");
  const Ending wrong = test("hostile-utf8", R"([{"type":"contains","value":"Paris"}])");

  BOOST_TEST(right.verdict == "pass");
  BOOST_TEST(wrong.verdict == "fail");
  BOOST_TEST(right.escaped == "true");
  BOOST_TEST(right.response == "Pari\\xff\\xfe\\xc3(\\xed\\xa0\\x80sRome");
}

BOOST_AUTO_TEST_CASE(nested_brackets_end_as_an_error) {
  const Ending ending = test("hostile-nested", R"([{"type":"contains","value":"Paris"}])");

  BOOST_TEST(ending.verdict == "error");
  BOOST_TEST(ending.failure == "malformed");
}

BOOST_AUTO_TEST_CASE(an_answer_of_64_mib_ends_as_an_error) {
  const Ending ending = test("hostile-large", R"([{"type":"contains","value":"Paris"}])");

  BOOST_TEST(ending.verdict == "error");
  BOOST_TEST(ending.failure == "malformed");
}

BOOST_AUTO_TEST_CASE(a_pattern_that_ruins_backtracking_matchers_is_judged_right) {
  const Ending match = test("long-match", R"([{"type":"regex","value":"(a+)+$"}])", 0);
  const Ending miss = test("long-miss", R"([{"type":"regex","value":"(a+)+$"}])", 0);

  BOOST_TEST(match.verdict == "pass");
  BOOST_TEST(miss.verdict == "fail");
  BOOST_TEST(number("select min(length(response)) from @assay@.results") == static_cast<std::int64_t>(long_answer));
}

BOOST_AUTO_TEST_CASE(a_nul_in_a_package_is_refused_by_name) {
  const std::string escaped =
      file("nul.json", R"({"name":"x","prompt":"be\u0000gin","cases":[{"title":"t","input":"i"}]})");
  const Said refused = assay({"enqueue", escaped, "--model", "gpt-4o"});
  const Said raw = assay(
      {"enqueue", file("raw.json", std::string("{\"name\":\"x\",\"prompt\":\"a\0b\"}", 27)), "--model", "gpt-4o"});

  std::printf("NUL in a package: exit %d: %s", refused.code, refused.err.c_str());
  std::printf("raw NUL in a package: exit %d: %s", raw.code, raw.err.c_str());
  BOOST_TEST(refused.code == 2);
  BOOST_TEST(refused.err.find("ZA007") != std::string::npos, refused.err);
  BOOST_TEST(refused.err.find("prompt") != std::string::npos, refused.err);
  BOOST_TEST(raw.code == 2);
  BOOST_TEST(number("select count(*) from @assay_private@.suite") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
