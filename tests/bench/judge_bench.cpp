// What judging costs: tests with four cheap assertions on answers of 2 KB, details included. One core.
#include <chrono>
#include <cstdio>
#include <string>

#include "assertions/compile.hpp"
#include "assertions/judgement_json.hpp"

using namespace assay;

namespace {

std::string answer_of(std::size_t bytes, const std::string& word) {
  std::string text;
  while (text.size() < bytes) text += word + " lazy dogs and quick foxes meet at 10:45 in the inn. ";
  return text + "The capital is Paris.";
}

double tests_per_second(const assertions::CompiledCase& test, const std::string& answer) {
  using Clock = std::chrono::steady_clock;
  std::size_t rounds = 0, bytes = 0;
  const auto start = Clock::now();
  while (Clock::now() - start < std::chrono::milliseconds(700)) {
    for (int i = 0; i < 200; ++i, ++rounds) bytes += assertions::to_json(assertions::judge(test, answer)).size();
  }
  const std::chrono::duration<double> seconds = Clock::now() - start;
  return bytes > 0 ? static_cast<double>(rounds) / seconds.count() : 0;
}

}  // namespace

int main() {
  TestCase test;
  test.assertions = {{"contains", "\"paris\""},
                     {"not-contains", "\"sorry\""},
                     {"regex", "\"\\\\d{2}:\\\\d{2}\""},
                     {"length-less-than", "4000"}};
  const auto compiled = assertions::compile(test, AssertionDialect::prpm);
  if (!compiled) return 1;
  std::printf("judge_tests_per_second_ascii: %.0f\n", tests_per_second(*compiled, answer_of(2000, "Seven")));
  std::printf("judge_tests_per_second_unicode: %.0f\n",
              tests_per_second(*compiled, answer_of(2000, "S\xC3\xA9v\xC3\xA8n")));
  std::printf("judge_tests_per_second_emoji: %.0f\n", tests_per_second(*compiled, answer_of(2000, "\xF0\x9F\x98\x80")));
  return 0;
}
