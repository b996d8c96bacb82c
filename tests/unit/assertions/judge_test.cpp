#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

#include "assertions/compile.hpp"

using namespace assay;
using assertions::CompiledCase;

namespace {

CompiledCase compiled(std::vector<AssertionSpec> specs) {
  TestCase test;
  test.assertions = std::move(specs);
  auto result = assertions::compile(test, AssertionDialect::prpm);
  BOOST_REQUIRE_MESSAGE(result.has_value(), (result ? std::string() : result.error().message));
  return std::move(*result);
}

/// A check that always runs into a limit.
assertions::Check limited() {
  class Limited final : public assertions::Kernel {
   public:
    Result<assertions::Finding, std::string> run(assertions::Answer&) const override {
      return failure(std::string("limit reached"));
    }
  };
  assertions::Check check;
  check.index = 1;
  check.type = "regex";
  check.kernel = std::make_shared<const Limited>();
  check.shown = "a+b";
  return check;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(judging)

BOOST_AUTO_TEST_CASE(tells_what_was_expected_and_what_was_found) {
  const auto test = compiled({{"contains", "\"Paris\""},
                              {"not-contains", "\"SORRY\""},
                              {"equals", "\"x\""},
                              {"regex", "\"^x\""},
                              {"length-greater-than", "100"},
                              {"is-json", ""}});

  const Judgement judgement = assertions::judge(test, " I am Sorry ");

  const auto& found = judgement.assertions;
  BOOST_TEST(found[0].expected == "Paris");
  BOOST_TEST(found[0].found == " I am Sorry ");
  BOOST_TEST(found[1].found == " i am sorry ");
  BOOST_TEST(found[2].found == "I am Sorry");
  BOOST_TEST(found[3].expected == "^x");
  BOOST_TEST(found[4].expected == "more than 100");
  BOOST_TEST(found[4].found == "12");
  BOOST_TEST(found[5].expected == "JSON");
  for (std::size_t index = 0; index < found.size(); ++index) {
    BOOST_TEST(found[index].index == static_cast<std::int32_t>(index));
    BOOST_TEST(!found[index].passed);
  }
}

BOOST_AUTO_TEST_CASE(shows_short_excerpts_of_long_answers) {
  std::string answer;
  for (int i = 0; i < 5'000; ++i) answer += "\xC3\xA9";
  answer += "needle";
  for (int i = 0; i < 5'000; ++i) answer += "\xC3\xA9";
  const auto test = compiled(
      {{"contains", "\"absent\""}, {"not-contains", "\"needle\""}, {"contains", '"' + std::string(5'000, 'x') + '"'}});

  const Judgement judgement = assertions::judge(test, answer);

  for (const AssertionResult& result : judgement.assertions) {
    BOOST_TEST(result.found.size() <= 220u);
    BOOST_TEST(result.expected.size() <= 1024u);
  }
  BOOST_TEST(judgement.assertions[1].found.find("needle") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(makes_a_limit_an_error_never_a_pass_or_a_fail) {
  for (const char* other : {"\"a\"", "\"absent\""}) {
    CompiledCase test = compiled({{"contains", other}});
    test.checks.push_back(limited());

    const Judgement judgement = assertions::judge(test, std::string(1000, 'a'));

    BOOST_TEST(to_string(judgement.verdict) == "error");
    BOOST_TEST(judgement.score == 0.0);
    BOOST_TEST(!judgement.assertions[1].passed);
    BOOST_TEST(judgement.assertions[1].error == "limit reached");
  }
}

BOOST_AUTO_TEST_CASE(judges_an_answer_as_long_as_a_response_may_be) {
  const std::string answer = std::string(std::size_t{16} << 20, 'a');
  const auto test =
      compiled({{"contains", "\"B\""}, {"regex", "\"(a+)+$\""}, {"length-greater-than", "16000000"}, {"is-json", ""}});

  const Judgement judgement = assertions::judge(test, answer);

  BOOST_TEST(to_string(judgement.verdict) == "fail");
  BOOST_TEST(judgement.assertions[1].error == "");
  BOOST_TEST(judgement.assertions[1].passed);
  BOOST_TEST(judgement.assertions[2].passed);
}

BOOST_AUTO_TEST_CASE(tells_light_work_from_heavy) {
  const auto cheap = compiled({{"contains", "\"a\""}, {"regex", "\"[0-9]+\""}});
  const auto dear = compiled({{"regex", "\"[ab]*a[ab]{900}c\""}});

  BOOST_TEST(assertions::work(cheap, 20'000) <= assertions::light_work);
  BOOST_TEST(assertions::work(dear, 20'000) > assertions::light_work);
  BOOST_TEST(assertions::work(CompiledCase{}, 20'000) == 0u);
}

BOOST_AUTO_TEST_CASE(says_the_same_on_several_threads_at_once) {
  const auto test = compiled({{"contains", "\"\xC3\x89\""}, {"regex", "\"(a|b)*c\""}, {"equals", "\"x\""}});
  const Judgement once = assertions::judge(test, "\xC3\xA9 ababc");
  std::vector<int> different(4, 0);

  std::vector<std::thread> threads;
  for (int& count : different) {
    threads.emplace_back([&test, &once, &count] {
      for (int i = 0; i < 2000; ++i) {
        const Judgement again = assertions::judge(test, "\xC3\xA9 ababc");
        count += again.score != once.score || again.verdict != once.verdict;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  for (const int count : different) BOOST_TEST(count == 0);
}

BOOST_AUTO_TEST_SUITE_END()
