// What every score keeps to, on random texts from fixed seeds.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <numeric>
#include <random>
#include <vector>

#include "json/writer.hpp"
#include "similarity/bleu.hpp"
#include "similarity/chrf.hpp"
#include "similarity/jaro_winkler.hpp"
#include "similarity/json_likeness.hpp"
#include "similarity/levenshtein.hpp"
#include "similarity/list_overlap.hpp"
#include "similarity/meteor.hpp"
#include "similarity/rouge.hpp"
#include "similarity/token_f1.hpp"
#include "similarity/words.hpp"

using namespace assay;
using namespace assay::similarity;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t n) {
  return random() % n;
}

std::string letters(Random& random, std::size_t length, std::size_t kinds) {
  std::string text;
  for (std::size_t n = 0; n < length; ++n) text += static_cast<char>('a' + below(random, kinds));
  return text;
}

std::string sentence(Random& random) {
  static const std::vector<std::string> words{"cat",   "dog",   "runs", "running",     "the",   "a.",
                                              "don't", "\"x\"", "...",  "caf\xC3\xA9", "10:45", "\xF0\x9F\x98\x80",
                                              "b,",    "end."};
  std::string text = words[below(random, 5)];
  for (std::size_t n = below(random, 12); n > 0; --n) text += " " + words[below(random, words.size())];
  return text;
}

/// The distance by the definition: a full table.
std::size_t distance_by_table(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

std::size_t subsequence_by_table(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (const std::string_view word : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t longer = word == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = std::exchange(row[j], longer);
    }
  }
  return row.back();
}

/// A text and one that is like it, or not at all.
std::pair<std::string, std::string> two_texts(Random& random) {
  const std::size_t kinds = 1 + below(random, 4);
  std::string a = letters(random, below(random, 400), kinds);
  if (below(random, 2) == 0) return {a, letters(random, below(random, 400), kinds)};
  std::string b = a;
  for (std::size_t edits = below(random, 50); edits > 0; --edits) {
    const std::size_t at = below(random, b.size() + 1);
    if (at == b.size() || below(random, 3) == 0) {
      b.insert(at, 1, 'x');
    } else if (below(random, 2) == 0) {
      b.erase(at, 1);
    } else {
      b[at] = 'y';
    }
  }
  return {a, b};
}

struct Score {
  const char* name;
  std::function<double(const std::string&, const std::string&)> of;
  bool symmetric, one_for_equal;
};

double with_one(Result<double, std::string> (*function)(std::string_view, std::span<const std::string>, std::uint64_t),
                const std::string& a, const std::string& b) {
  return function(a, std::span(&b, 1), default_max_steps).value();
}

const std::vector<Score> scores{
    {"levenshtein ratio", [](const auto& a, const auto& b) { return levenshtein_ratio(a, b).value(); }, true, true},
    {"jaro", [](const auto& a, const auto& b) { return jaro(a, b).value(); }, true, true},
    {"jaro-winkler", [](const auto& a, const auto& b) { return jaro_winkler(a, b).value(); }, true, true},
    {"rouge-n", [](const auto& a, const auto& b) { return rouge_n(a, b).value(); }, true, true},
    {"rouge-l", [](const auto& a, const auto& b) { return rouge_l(a, b).value(); }, true, true},
    {"token f1", [](const auto& a, const auto& b) { return token_f1(a, b); }, true, true},
    {"bleu", [](const auto& a, const auto& b) { return with_one(bleu, a, b); }, false, true},
    {"gleu", [](const auto& a, const auto& b) { return with_one(gleu, a, b); }, true, true},
    {"chrf", [](const auto& a, const auto& b) { return with_one(chrf, a, b); }, false, true},
    {"meteor", [](const auto& a, const auto& b) { return meteor(a, std::span(&b, 1)).value(); }, false, false},
    {"jaccard", [](const auto& a, const auto& b) { return list_overlap(list_items(a), list_items(b)).jaccard; }, true,
     true}};

/// A random JSON value with at most so many levels.
void write_value(Random& random, json::Writer& writer, std::size_t levels) {
  switch (below(random, levels > 0 ? 6 : 4)) {
    case 0:
      writer.null();
      return;
    case 1:
      writer.boolean(below(random, 2) == 0);
      return;
    case 2:
      writer.int64(static_cast<std::int64_t>(below(random, 5)));
      return;
    case 3:
      writer.string(letters(random, below(random, 4), 2));
      return;
    case 4:
      writer.begin_array();
      for (std::size_t n = below(random, 4); n > 0; --n) write_value(random, writer, levels - 1);
      writer.end_array();
      return;
    default:
      writer.begin_object();
      for (std::size_t n = below(random, 4); n > 0; --n) {
        writer.key(letters(random, 1, 4));
        write_value(random, writer, levels - 1);
      }
      writer.end_object();
  }
}

json::Document random_document(Random& random) {
  std::string text;
  json::Writer writer(text);
  write_value(random, writer, 4);
  return std::move(*json::parse(text));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(every_score)

BOOST_AUTO_TEST_CASE(lies_between_none_and_one_and_knows_its_equals) {
  Random random(1);
  for (int round = 0; round < 300; ++round) {
    const std::string a = sentence(random), b = sentence(random);
    for (const Score& score : scores) {
      BOOST_TEST_CONTEXT(score.name << ": " << a << " / " << b) {
        const double there = score.of(a, b), back = score.of(b, a);
        BOOST_REQUIRE(there >= 0);
        BOOST_REQUIRE(there <= 1);
        if (score.symmetric) BOOST_REQUIRE(there == back);
        if (score.one_for_equal) BOOST_REQUIRE(score.of(a, a) == 1);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(of_json_is_symmetric_and_knows_its_equals) {
  Random random(2);
  for (int round = 0; round < 2000; ++round) {
    const auto a = random_document(random), b = random_document(random);
    const double there = json_likeness(a.root(), b.root()).value(), back = json_likeness(b.root(), a.root()).value();
    BOOST_TEST_CONTEXT(a.root().raw() << " / " << b.root().raw()) {
      BOOST_REQUIRE(there >= 0);
      BOOST_REQUIRE(there <= 1);
      BOOST_REQUIRE(std::abs(there - back) <= 1e-12);
      BOOST_REQUIRE(json_likeness(a.root(), a.root()).value() == 1);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(edit_distance)

BOOST_AUTO_TEST_CASE(is_what_the_table_says_within_any_bound) {
  Random random(3);
  for (int round = 0; round < 500; ++round) {
    const auto [a, b] = two_texts(random);
    const std::size_t expected = distance_by_table(a, b), most = below(random, 120);
    BOOST_REQUIRE(levenshtein(a, b).value() == expected);
    const auto within_bound = levenshtein_within(a, b, most).value();
    BOOST_REQUIRE(within_bound.has_value() == (expected <= most));
    if (within_bound) BOOST_REQUIRE(*within_bound == expected);
  }
}

BOOST_AUTO_TEST_CASE(widens_its_band_until_it_is_enough) {
  Random random(4);
  for (const std::size_t shift : {10u, 63u, 64u, 65u, 300u, 513u, 1500u}) {
    const std::string a = letters(random, 2000, 4);
    const std::string b = a.substr(shift) + letters(random, shift, 4);
    BOOST_REQUIRE(levenshtein(a, b).value() == distance_by_table(a, b));
    BOOST_REQUIRE(levenshtein(a, a.substr(shift)).value() == shift);
  }
}

BOOST_AUTO_TEST_CASE(keeps_the_triangle) {
  Random random(5);
  for (int round = 0; round < 1000; ++round) {
    const std::string a = letters(random, below(random, 90), 3), b = letters(random, below(random, 90), 3);
    const std::string c = letters(random, below(random, 90), 3);
    BOOST_REQUIRE(levenshtein(a, c).value() <= levenshtein(a, b).value() + levenshtein(b, c).value());
  }
}

BOOST_AUTO_TEST_CASE(counts_code_units) {
  BOOST_TEST(levenshtein("\xF0\x9F\x98\x80", "").value() == 2u);
  BOOST_TEST(levenshtein("\xF0\x9F\x98\x80", "\xF0\x9F\x98\x81").value() == 1u);  // they share a high surrogate
  BOOST_TEST(levenshtein("\xED\xA0\xBD", "\xF0\x9F\x98\x80").value() == 1u);      // and so does a lone one
  BOOST_TEST(levenshtein("e\xCC\x81", "\xC3\xA9").value() == 2u);
  BOOST_TEST(levenshtein(std::string(200, 'a') + "\xE6\x97\xA5", std::string(200, 'b') + "\xE6\x9C\xAC").value() ==
             201u);
}

BOOST_AUTO_TEST_CASE(of_long_texts_is_found_when_they_are_alike) {
  Random random(6);
  const std::string a = letters(random, 1 << 18, 26);
  std::string b = a;
  for (std::size_t at = 1000; at < b.size(); at += 13'000) b[at] = '-';

  BOOST_TEST(levenshtein(a, b).value() == 21u);
  BOOST_TEST(levenshtein_within(a, b, 5).value().has_value() == false);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(longest_common_subsequence)

BOOST_AUTO_TEST_CASE(is_what_the_table_says) {
  Random random(7);
  for (int round = 0; round < 500; ++round) {
    std::string a, b;
    for (std::size_t n = 1 + below(random, 200); n > 0; --n) a += letters(random, 1, 4) + " ";
    for (std::size_t n = 1 + below(random, 200); n > 0; --n) b += letters(random, 1, 4) + " ";
    const auto common = static_cast<double>(subsequence_by_table(words(a), words(b)));
    const double expected =
        f1(common / static_cast<double>(words(a).size()), common / static_cast<double>(words(b).size()));
    BOOST_REQUIRE(rouge_l(a, b).value() == expected);
  }
}

BOOST_AUTO_TEST_SUITE_END()
