// What judging costs, details included, on one core: tests with four cheap assertions a second, on answers of 2 KB and
// on the texts of tests/data/similarity/bench_texts.json; and `name_ns: figure` for one assertion of a type on those
// texts, under the names of promptfoo_functions.mjs.
//
//   judge_bench [texts.json]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <string>

#include "assertions/compile.hpp"
#include "assertions/judgement_json.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"

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

struct Texts {
  std::string answer, reference, json, prose_with_json, needle, pattern;
};

Texts read_texts(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto document = json::parse(bytes);
  if (!document) throw std::runtime_error(path + (": " + to_string(document.error())));
  const auto text = [&](std::string_view key) { return std::string((*document)[key].string_or("")); };
  return {text("answer"), text("reference"), text("json"), text("prose_with_json"), text("needle"), text("pattern")};
}

AssertionSpec spec_of(const char* type, const std::string& value) {
  AssertionSpec spec;
  spec.type = type;
  if (!value.empty()) json::append_quoted(spec.value, value);
  return spec;
}

assertions::CompiledCase compile(const std::vector<AssertionSpec>& specs) {
  TestCase test;
  test.assertions = specs;
  auto compiled = assertions::compile(test, AssertionDialect::promptfoo, true);
  if (!compiled) throw std::runtime_error(compiled.error().path + ": " + compiled.error().message);
  return std::move(*compiled);
}

/// One assertion alone: the best of five rounds.
void measure(const char* name, const AssertionSpec& spec, const std::string& answer) {
  using Clock = std::chrono::steady_clock;
  const auto test = compile({spec});
  const Judgement once = assertions::judge(test, answer);
  if (once.verdict == Verdict::error) throw std::runtime_error(std::string(name) + ": " + once.reason);
  double best = std::numeric_limits<double>::infinity();
  for (int round = 0; round < 5; ++round) {
    std::size_t calls = 0, bytes = 0;
    const auto start = Clock::now();
    std::chrono::duration<double, std::nano> spent{};
    do {
      for (int n = 0; n < 16; ++n, ++calls) bytes += assertions::to_json(assertions::judge(test, answer)).size();
      spent = Clock::now() - start;
    } while (bytes > 0 && spent < std::chrono::milliseconds(40));
    best = std::min(best, spent.count() / static_cast<double>(calls));
  }
  std::printf("%s_ns: %.0f\n", name, best);
}

void measure_types(const Texts& texts) {
  measure("contains", spec_of("contains", texts.needle), texts.answer);
  measure("icontains", spec_of("icontains", texts.needle), texts.answer);
  measure("regex", spec_of("regex", texts.pattern), texts.answer);
  measure("is_json", spec_of("is-json", ""), texts.json);
  measure("contains_json", spec_of("contains-json", ""), texts.prose_with_json);
  measure("is_refusal", spec_of("is-refusal", ""), texts.answer);
  measure("levenshtein", spec_of("levenshtein", texts.reference), texts.answer);
  measure("rouge_n", spec_of("rouge-n", texts.reference), texts.answer);
  measure("bleu", spec_of("bleu", texts.reference), texts.answer);
  measure("gleu", spec_of("gleu", texts.reference), texts.answer);
}

void measure_prpm() {
  TestCase test;
  test.assertions = {spec_of("contains", "paris"), spec_of("not-contains", "sorry"), spec_of("regex", "\\d{2}:\\d{2}"),
                     spec_of("length-less-than", "4000")};
  const auto compiled = assertions::compile(test, AssertionDialect::prpm);
  if (!compiled) throw std::runtime_error(compiled.error().message);
  std::printf("judge_tests_per_second_ascii: %.0f\n", tests_per_second(*compiled, answer_of(2000, "Seven")));
  std::printf("judge_tests_per_second_unicode: %.0f\n",
              tests_per_second(*compiled, answer_of(2000, "S\xC3\xA9v\xC3\xA8n")));
  std::printf("judge_tests_per_second_emoji: %.0f\n", tests_per_second(*compiled, answer_of(2000, "\xF0\x9F\x98\x80")));
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const Texts texts = read_texts(count > 1 ? arguments[1] : "tests/data/similarity/bench_texts.json");
    measure_prpm();
    const auto four = compile({spec_of("contains", texts.needle), spec_of("icontains", texts.needle),
                               spec_of("regex", texts.pattern), spec_of("contains-json", "")});
    std::printf("judge_tests_per_second_four_cheap: %.0f\n", tests_per_second(four, texts.prose_with_json));
    measure_types(texts);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "judge_bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
