#include "regex/regex_gate.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "regex/regex.hpp"

using namespace assay;
using assay::regex::read_regex;

namespace {

struct Row {
  std::string pattern, flags, answer;
};

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

std::vector<std::vector<std::string>> cells(const std::string& name) {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/regex/" + name);
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with("# ")) continue;
    std::vector<std::string> cells;
    std::istringstream rest(line + '\t');
    for (std::string cell; std::getline(rest, cell, '\t');) cells.push_back(cell);
    lines.push_back(std::move(cells));
  }
  return lines;
}

std::vector<Row> rows() {
  std::vector<Row> rows;
  for (const auto& line : cells("gate.tsv")) {
    Row row{line[0], "", line.at(1)};
    for (const auto& [picture, character] :
         {std::pair("\xE2\x90\x89", "\t"), std::pair("\xE2\x90\x8A", "\n"), std::pair("\xE2\x90\x8D", "\r")}) {
      replace_all(row.pattern, picture, character);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> rows_with_flags() {
  std::vector<Row> rows;
  for (const auto& line : cells("gate_flags.tsv")) rows.push_back({line[0], line.at(1), line.at(2)});
  return rows;
}

std::string answer(const std::string& pattern, const std::string& flags = "") {
  const auto tree = read_regex(pattern, flags);
  return tree ? "ok" : std::string(to_string(tree.error().refusal));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(regex_gate)

BOOST_AUTO_TEST_CASE(answers_every_row_of_the_shared_table) {
  const auto table = rows();

  BOOST_TEST(table.size() >= 1000u);
  for (const Row& row : table) {
    BOOST_TEST(answer(row.pattern) == row.answer,
               row.pattern << ": " << answer(row.pattern) << " instead of " << row.answer);
  }
}

BOOST_AUTO_TEST_CASE(answers_every_row_with_flags) {
  const auto table = rows_with_flags();

  BOOST_TEST(table.size() >= 180u);
  for (const Row& row : table) {
    const std::string found = answer(row.pattern, row.flags);
    BOOST_TEST(found == row.answer, row.pattern << " " << row.flags << ": " << found << " instead of " << row.answer);
  }
}

BOOST_AUTO_TEST_CASE(uses_every_refusal_in_the_tables) {
  std::set<std::string> used;
  for (const Row& row : rows()) used.insert(row.answer);
  for (const Row& row : rows_with_flags()) used.insert(row.answer);

  for (int refusal = 0; refusal <= static_cast<int>(assay::regex::Refusal::case_backreference); ++refusal) {
    const std::string name(to_string(static_cast<assay::regex::Refusal>(refusal)));
    BOOST_TEST(used.contains(name), name);
  }
}

BOOST_AUTO_TEST_CASE(takes_nothing_that_the_engines_then_refuse) {
  auto table = rows_with_flags();
  for (Row& row : rows()) table.push_back(std::move(row));
  for (const Row& row : table) {
    if (row.answer != "ok") continue;
    const auto regex = assay::regex::Regex::compile(row.pattern, row.flags);
    BOOST_TEST(regex.has_value(), row.pattern << ": " << (regex ? std::string() : regex.error()));
  }
}

BOOST_AUTO_TEST_CASE(says_where_the_fault_stands_in_bytes) {
  BOOST_TEST(read_regex("\xC3\xA9(?<=a*)").error().offset == 7u);
  BOOST_TEST(read_regex("ab\\").error().offset == 2u);
  BOOST_TEST(read_regex("[a").error().offset == 2u);
  BOOST_TEST(read_regex("\xF0\x9F\x98\x80(?:(a)|b)*\\1").error().offset == 14u);
}

BOOST_AUTO_TEST_CASE(takes_the_deepest_nesting_that_fits) {
  const std::string nested = std::string(2047, '(') + "a" + std::string(2047, ')');

  BOOST_TEST(answer(nested) == "ok");
  assay::regex::Subject subject("xay");
  BOOST_TEST(assay::regex::Regex::compile(nested).value().test(subject).value());
  BOOST_TEST(answer(std::string(4096, '(')) == "unterminated_group");
}

BOOST_AUTO_TEST_CASE(reads_any_bytes_without_harm) {
  unsigned state = 1;
  const std::string likely = "\\\\(()[]{}^$.|?*+-,:<=!0129abcdkwsxuBDWS<>\xC3\xA9\xF0\x9F\x98\x80\xFF";
  for (int round = 0; round < 200'000; ++round) {
    std::string pattern;
    for (unsigned length = (state = state * 1664525u + 1013904223u) >> 28; length > 0; --length) {
      state = state * 1664525u + 1013904223u;
      pattern += likely[(state >> 8) % likely.size()];
    }

    const auto tree = read_regex(pattern, round % 3 == 0 ? "iu" : "");

    if (tree) BOOST_REQUIRE(!tree->nodes.empty());
    if (!tree) BOOST_REQUIRE(tree.error().offset <= pattern.size());
  }
}

BOOST_AUTO_TEST_SUITE_END()
