#include "source/fault.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay::source;

namespace {

Fault fault_at(int line, int column, std::string message) {
  Fault fault;
  fault.place = {"f", line, column};
  fault.message = std::move(message);
  return fault;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fault)

BOOST_AUTO_TEST_CASE(shows_its_line_and_points_at_the_place) {
  const Lines lines("a: 1\n  b: many\n");
  Fault fault = fault_at(2, 6, "b: expected a number");

  quote_line(fault, lines, "many");

  BOOST_TEST(to_text(fault) ==
             "f:2:6: b: expected a number\n"
             "     2 |   b: many\n"
             "       |      ^\n");
}

BOOST_AUTO_TEST_CASE(hides_what_stands_before_the_place_unless_it_is_a_key) {
  const Lines lines("key: secret, more\n");
  Fault fault = fault_at(1, 14, "x");

  quote_line(fault, lines, "more");

  BOOST_TEST(fault.excerpt == "\xE2\x80\xA6more");
  BOOST_TEST(fault.caret == 2);
}

BOOST_AUTO_TEST_CASE(says_that_it_is_a_warning_and_what_was_meant) {
  Fault fault = fault_at(1, 1, "tset: unknown key");
  fault.severity = Fault::Severity::warning;
  fault.suggestion = "test";

  BOOST_TEST(to_text(fault) == "f:1:1: warning: tset: unknown key; did you mean test?\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(place)

BOOST_AUTO_TEST_CASE(of_a_byte_counts_lines_and_characters) {
  const std::string text = "ab\n\xC3\xA9\xC3\xA9x";

  BOOST_TEST(place_of("f", text, 0).column == 1);
  BOOST_TEST(place_of("f", text, 7).line == 2);
  BOOST_TEST(place_of("f", text, 7).column == 3);
  BOOST_TEST(place_of("f", text, 100).column == 4);
}

BOOST_AUTO_TEST_CASE(columns_are_the_same_whoever_counts_them) {
  const std::string text =
      "\xC3\xA9"
      "a\xE2\x82\xAC"
      "bc\nx\xC3\xA9y\n";
  const Lines lines(text);
  ColumnCounter counter;

  for (const auto& [line, byte] : std::vector<std::pair<int, std::size_t>>{
           {1, 0}, {1, 2}, {1, 6}, {1, 7}, {2, 1}, {2, 3}, {2, 1}, {1, 3}, {1, 99}})
    BOOST_TEST(counter.column(lines, line, byte) == column_of(lines.line(line), byte));
}

BOOST_AUTO_TEST_SUITE_END()
