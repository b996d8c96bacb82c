#include "postgres/binary_array.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

using namespace assay::postgres;
using Type = BinaryArray::Type;

namespace {

std::string bytes(std::initializer_list<int> values) {
  std::string made;
  for (const int value : values) made += static_cast<char>(value);
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(binary_array)

BOOST_AUTO_TEST_CASE(is_laid_out_as_array_recv_reads_it) {
  BinaryArray array(Type::int4, 2);
  array.int4(1);
  array.null();

  const std::string expected =
      bytes({0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 23, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 1, 255, 255, 255, 255});
  BOOST_TEST(array.take() == expected);
}

BOOST_AUTO_TEST_CASE(has_no_dimensions_when_it_is_empty) {
  BOOST_TEST(BinaryArray(Type::text).take() == bytes({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25}));
}

BOOST_AUTO_TEST_CASE(writes_an_absent_text_as_null_and_an_empty_one_as_text) {
  BinaryArray absent(Type::text), empty(Type::text);
  absent.text_or_null("");
  empty.bytes("");
  BOOST_TEST(absent.take().substr(20) == bytes({255, 255, 255, 255}));
  BOOST_TEST(empty.take().substr(20) == bytes({0, 0, 0, 0}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(printed_array)

BOOST_AUTO_TEST_CASE(is_read_with_quotes_escapes_and_nulls) {
  const auto read = parse_array(R"({plain,NULL,"NULL","a \"b\" \\ {c},",""})");
  const std::vector<std::optional<std::string>> expected = {"plain", std::nullopt, "NULL", "a \"b\" \\ {c},", ""};
  BOOST_TEST((read == expected));
  BOOST_TEST(parse_array("{}").empty());
}

BOOST_AUTO_TEST_CASE(of_numbers_is_read_exactly) {
  BOOST_TEST((parse_int_array("{-1,0,9223372036854775807}") == std::vector<std::int64_t>{-1, 0, INT64_MAX}));
  BOOST_TEST(parse_int_array("{}").empty());
}

BOOST_AUTO_TEST_CASE(of_truths_is_read) {
  BOOST_TEST((parse_bool_array("{t,f,t}") == std::vector<bool>{true, false, true}));
}

BOOST_AUTO_TEST_CASE(that_is_none_is_refused) {
  for (const char* text : {"", "{", "1,2", "{\"a}", "{{1},{2}}x", "{a\\"})
    BOOST_CHECK_THROW(parse_array(text), std::invalid_argument);
  BOOST_CHECK_THROW(parse_int_array("{1,x}"), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
