#include "suite/prompt.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

using namespace assay;

BOOST_AUTO_TEST_SUITE(prompt)

BOOST_AUTO_TEST_CASE(is_extracted_as_every_case_of_the_file_says) {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/suite/prompts.jsonl");
  int rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    const auto row = json::parse(line);
    BOOST_REQUIRE_MESSAGE(row.has_value(), line);

    const std::string prompt = suite::extract_prompt((*row)["content"]);

    BOOST_TEST(prompt == (*row)["prompt"].string_or("?"), (*row)["about"].string_or("?") << ": " << prompt);
  }
  BOOST_TEST(rows >= 20);
}

BOOST_AUTO_TEST_CASE(keeps_the_digits_of_numbers) {
  const auto content = json::parse(R"({"a":[12345678901234567890,1.50]})");

  BOOST_TEST(suite::extract_prompt(content->root()) == "{\n  \"a\": [\n    12345678901234567890,\n    1.50\n  ]\n}");
}

BOOST_AUTO_TEST_SUITE_END()
