// What one call of a text check costs, on the texts of tests/data/similarity/bench_texts.json (about 1 KiB each): a
// line `name_ns: figure` for each, nanoseconds, the best of five rounds. promptfoo_functions.mjs prints promptfoo's
// under the same names.
//
//   similarity_bench [texts.json]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "json/document.hpp"
#include "json/grammar.hpp"
#include "regex/regex.hpp"
#include "similarity/bleu.hpp"
#include "similarity/chrf.hpp"
#include "similarity/jaro_winkler.hpp"
#include "similarity/levenshtein.hpp"
#include "similarity/meteor.hpp"
#include "similarity/refusal.hpp"
#include "similarity/rouge.hpp"
#include "similarity/token_f1.hpp"
#include "similarity/words.hpp"
#include "text/javascript_text.hpp"

using namespace assay;

namespace {

using Clock = std::chrono::steady_clock;

double total = 0;  // of all answers: what is printed at the end cannot be left out by the compiler

/// The time of one call in the best of five rounds of at least 40 ms.
template <class Call>
void measure(const char* name, Call call) {
  double best = std::numeric_limits<double>::infinity();
  for (int round = 0; round < 5; ++round) {
    std::size_t calls = 0;
    const auto start = Clock::now();
    std::chrono::duration<double, std::nano> spent{};
    do {
      for (int n = 0; n < 16; ++n, ++calls) total += static_cast<double>(call());
      spent = Clock::now() - start;
    } while (spent < std::chrono::milliseconds(40));
    best = std::min(best, spent.count() / static_cast<double>(calls));
  }
  std::printf("%s_ns: %.0f\n", name, best);
}

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Texts {
  std::string answer, reference, json, needle, pattern;
};

Texts texts_of(const json::Document& document) {
  const auto text = [&](std::string_view key) { return std::string(document[key].string_or("")); };
  return {text("answer"), text("reference"), text("json"), text("needle"), text("pattern")};
}

void measure_searches(const Texts& texts) {
  const auto regex = regex::Regex::compile(texts.pattern);
  const std::string needle = text::to_lower_case(texts.needle);
  measure("contains", [&] { return text::find(texts.answer, texts.needle); });
  measure("icontains", [&] { return text::find(text::to_lower_case(texts.answer), needle); });
  measure("regex", [&] {
    regex::Subject subject(texts.answer);
    return regex->test(subject).value();
  });
  measure("is_json", [&] { return json::is_json(texts.json); });
  measure("word_count", [&] { return similarity::word_count(texts.answer); });
  measure("is_refusal", [&] { return similarity::refusal(texts.answer) == similarity::Refusal::worded; });
}

void measure_scores(const Texts& texts) {
  const std::vector<std::string> references{texts.reference};
  const auto& [answer, reference, json, needle, pattern] = texts;
  measure("levenshtein", [&, &a = answer, &b = reference] { return similarity::levenshtein(a, b).value(); });
  measure("levenshtein_within_5",
          [&, &a = answer, &b = reference] { return similarity::levenshtein_within(a, b, 5)->has_value(); });
  measure("rouge_n", [&, &a = answer, &b = reference] { return similarity::rouge_n(a, b).value(); });
  measure("rouge_l", [&, &a = answer, &b = reference] { return similarity::rouge_l(a, b).value(); });
  measure("bleu", [&, &a = answer] { return similarity::bleu(a, references).value(); });
  measure("gleu", [&, &a = answer] { return similarity::gleu(a, references).value(); });
  measure("meteor", [&, &a = answer] { return similarity::meteor(a, references).value(); });
  measure("chrf", [&, &a = answer] { return similarity::chrf(a, references).value(); });
  measure("jaro_winkler", [&, &a = answer, &b = reference] { return similarity::jaro_winkler(a, b).value(); });
  measure("token_f1", [&, &a = answer, &b = reference] { return similarity::token_f1(a, b); });
}

}  // namespace

int main(int count, char** arguments) {
  const char* path = count > 1 ? arguments[1] : "tests/data/similarity/bench_texts.json";
  const auto document = json::parse(read_file(path));
  if (!document) {
    std::fprintf(stderr, "%s: %s\n", path, to_string(document.error()).c_str());
    return 1;
  }
  const Texts texts = texts_of(*document);
  measure_searches(texts);
  measure_scores(texts);
  return total == total ? 0 : 1;
}
