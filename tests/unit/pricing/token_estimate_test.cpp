#include "pricing/token_estimate.hpp"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "json/document.hpp"
#include "json/utf8.hpp"

using namespace assay;
using namespace assay::pricing;

namespace {

/// A text of the corpus with what real tokenizers made of it.
struct Counted {
  std::string name, kind, text;
  std::map<std::string, std::int64_t> counts;

  std::int64_t most() const {
    std::int64_t most = 0;
    for (const auto& [tokenizer, count] : counts) most = std::max(most, count);
    return most;
  }
};

std::vector<Counted> corpus() {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/pricing/token_counts.json", std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  const auto document = json::parse(bytes.str());
  BOOST_REQUIRE_MESSAGE(document.has_value(), "token_counts.json cannot be read");
  std::vector<Counted> all;
  for (const json::View row : document->root().elements()) {
    Counted one{std::string(row["name"].as_string().value()),
                std::string(row["kind"].as_string().value()),
                std::string(row["text"].as_string().value()),
                {}};
    for (const auto& [tokenizer, count] : row["counts"].members())
      one.counts[std::string(tokenizer)] = count.as_int64().value();
    all.push_back(std::move(one));
  }
  return all;
}

double ratio(const Counted& text, std::int64_t count) {
  return static_cast<double>(most_tokens(text.text)) / static_cast<double>(count);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(estimator_error)

BOOST_AUTO_TEST_CASE(is_below_no_tokenizers_count_of_any_text) {
  const std::vector<Counted> texts = corpus();

  std::size_t compared = 0;
  for (const Counted& text : texts) {
    for (const auto& [tokenizer, count] : text.counts) {
      BOOST_TEST(most_tokens(text.text) >= count, text.name + ": " + std::to_string(most_tokens(text.text)) + ", and " +
                                                      tokenizer + " counts " + std::to_string(count));
      ++compared;
    }
  }

  BOOST_TEST(texts.size() >= 90u);
  BOOST_TEST(compared == texts.size() * 9);
}

/// How far above the counts it is: of all tokenizers, and of the one that counts most.
BOOST_AUTO_TEST_CASE(is_measured_by_kind_of_text) {
  std::map<std::string, std::vector<double>> all, dearest;
  for (const Counted& text : corpus()) {
    for (const auto& [tokenizer, count] : text.counts) all[text.kind].push_back(ratio(text, count));
    dearest[text.kind].push_back(ratio(text, text.most()));
  }

  std::printf("estimate / count       of every tokenizer        of the dearest\n");
  std::printf("%-16s texts   min   median   max     min   median   max\n", "");
  for (const auto& [kind, ratios] : all) {
    const std::vector<double>& top = dearest[kind];
    std::printf("%-16s %5zu %6.2f %7.2f %6.2f %7.2f %7.2f %6.2f\n", kind.c_str(), top.size(),
                *std::min_element(ratios.begin(), ratios.end()), median(ratios),
                *std::max_element(ratios.begin(), ratios.end()), *std::min_element(top.begin(), top.end()), median(top),
                *std::max_element(top.begin(), top.end()));
  }

  // An estimate that says nothing would be a token a byte everywhere.
  for (const char* kind : {"latin", "cyrillic", "arabic", "hebrew", "code", "json", "kana"})
    BOOST_TEST(median(dearest[kind]) <= 2.1, kind << ": " << median(dearest[kind]));
}

BOOST_AUTO_TEST_CASE(covers_twelve_scripts_and_more) {
  std::array<std::int64_t, script_families> bytes{};
  for (const Counted& text : corpus()) {
    const TokenEstimate estimate = estimate_tokens(text.text);
    for (std::size_t n = 0; n < script_families; ++n) bytes[n] += estimate.families[n].bytes;
  }

  for (std::size_t n = 0; n < script_families; ++n)
    BOOST_TEST(bytes[n] >= 80, to_string(static_cast<ScriptFamily>(n)) << " has " << bytes[n] << " bytes");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(token_estimate)

BOOST_AUTO_TEST_CASE(of_nothing_is_nothing) {
  BOOST_TEST(most_tokens("") == 0);
  BOOST_TEST(most_prompt_tokens({"", ""}) == 0);
}

BOOST_AUTO_TEST_CASE(knows_words_by_their_letters) {
  BOOST_TEST(most_tokens("cat") == 1 + 2);     // c 1, a 1/2, t 1/2
  BOOST_TEST(most_tokens("a cat") == 1 + 3);   // the space is the word's
  BOOST_TEST(most_tokens("CAT") == 1 + 3);     // 1 + 3/4 + 3/4
  BOOST_TEST(most_tokens("tOp") == 1 + 3);     // t 1, O 1, p 1: a touched word's second letter
  BOOST_TEST(most_tokens("qzxvkj") == 1 + 6);  // 1 + 1/2 + 4: consonants in a row
}

BOOST_AUTO_TEST_CASE(knows_digits_spaces_and_scripts) {
  BOOST_TEST(most_tokens("1234") == 1 + 4);
  BOOST_TEST(most_tokens("1 2") == 1 + 3);
  BOOST_TEST(most_tokens("a                b") == 1 + 1 + 3 + 1);  // sixteen: the last, and eight twice
  BOOST_TEST(most_tokens("мир") == 1 + 3);
  BOOST_TEST(most_tokens("和平") == 1 + 6);
  BOOST_TEST(most_tokens("\xff\xfe") == 1 + 2);
}

BOOST_AUTO_TEST_CASE(tells_what_each_family_has) {
  const TokenEstimate estimate = estimate_tokens("Hi, мир 42");

  BOOST_TEST(estimate.of(ScriptFamily::latin).characters == 2);
  BOOST_TEST(estimate.of(ScriptFamily::cyrillic).characters == 3);
  BOOST_TEST(estimate.of(ScriptFamily::cyrillic).bytes == 6);
  BOOST_TEST(estimate.of(ScriptFamily::cyrillic).quarter_tokens == 12);
  BOOST_TEST(estimate.of(ScriptFamily::digits).characters == 2);
  BOOST_TEST(estimate.of(ScriptFamily::punctuation).characters == 1);
  BOOST_TEST(estimate.of(ScriptFamily::space).characters == 2);
}

/// Five characters are worth more than their bytes: one tokenizer spells them out.
BOOST_AUTO_TEST_CASE(is_at_most_a_token_a_byte_but_for_the_few_that_are_spelled_out) {
  std::string dear;
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    json::append_utf8(text, c);
    if (most_tokens(text) > 1 + static_cast<std::int64_t>(text.size())) dear += text;
  }
  BOOST_TEST(dear == "\u0587\u0E33\u0EB3\u0EDC\u0EDD");
}

BOOST_AUTO_TEST_CASE(of_a_prompt_has_the_frames_and_of_an_answer_all_that_was_written) {
  Completion completion;
  completion.text = "cat";
  completion.reasoning = "a cat";
  completion.refusal = "1";
  completion.tool_calls = "[]";

  BOOST_TEST(most_prompt_tokens({"cat", "", "a cat"}) == 3 + 4 + 2 * message_frame_tokens);
  BOOST_TEST(most_answer_tokens(completion) == 3 + 4 + 2 + 3);
}

BOOST_AUTO_TEST_SUITE_END()
