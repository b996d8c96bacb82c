// Tests without a configuration: tables, lines, and the registry's generated cases.
#include <boost/test/unit_test.hpp>

#include "imports/import.hpp"
#include "suite/read.hpp"

using namespace assay;
using namespace assay::imports;

namespace {

Options with_prompt(const std::string& prompt) {
  Options options;
  options.prompt = prompt;
  return options;
}

std::string told(const std::vector<source::Fault>& faults) {
  return source::to_text(faults);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(table_of_tests)

BOOST_AUTO_TEST_CASE(becomes_a_suite_with_the_given_prompt) {
  const Imported made = import(Format::csv, "dir/cities.csv", "city,__expected\nParis,contains: France\n",
                               with_prompt("Where is {{city}}?"));

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  BOOST_TEST(made.suites[0].json ==
             R"({"name":"cities","prompt":"Where is {{city}}?","dialect":"promptfoo","cases":[{"title":"Row #1",)"
             R"("vars":{"city":"Paris"},"assertions":[{"type":"contains","value":"France"}]}]})");
}

BOOST_AUTO_TEST_CASE(puts_affixes_around_the_prompt_in_suites_of_their_own) {
  const Imported made =
      import(Format::csv, "c.csv", "q,__prefix,__suffix\n1,,\n2,Please: , now\n3,,\n", with_prompt("{{q}}"));

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  BOOST_REQUIRE(made.suites.size() == 2U);
  BOOST_TEST(made.suites[1].name == "c (2)");
  BOOST_TEST(made.suites[1].json.find("\"prompt\":\"Please: {{q}} now\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(says_in_which_cell_something_is_wrong) {
  const Imported made = import(
      Format::csv, "c.csv",
      "q,__expected,__config:__expected1:threshold\nx,\"contains-any: \"\"open\",1\ny,python: 1,z\n", with_prompt("p"));

  BOOST_TEST(told(made.errors) ==
             "c.csv:2:3: a quoted item of the list is never closed\n"
             "     2 | \xE2\x80\xA6\n       | ^\n"
             "c.csv:3:3: python: is code; imports take no scripts\n"
             "     3 | \xE2\x80\xA6\n       | ^\n"
             "c.csv:3:13: __config: the threshold must be a number\n"
             "     3 | \xE2\x80\xA6\n       | ^\n");
}

BOOST_AUTO_TEST_CASE(warns_of_columns_that_are_almost_special) {
  const Imported made =
      import(Format::csv, "c.csv", "_expected,__expcted,__metadata,q,q\na,b,c,d,e\n", with_prompt("p"));

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  std::string said;
  for (const source::Fault& fault : made.warnings) said += fault.message + " " + fault.suggestion + "\n";
  BOOST_TEST(said ==
             "_expected: is a var like any other column __expected\n"
             "__expcted: is a var like any other column __expected\n"
             "__metadata: needs a name (__metadata:topic); the column is not carried over \n"
             "q: a second column of this name; only the last counts \n");
}

BOOST_AUTO_TEST_CASE(needs_a_prompt_from_somewhere) {
  BOOST_TEST(told(import(Format::csv, "c.csv", "q\nx\n", {}).errors) ==
             "c.csv: tests hold no prompt; give one, or a var named prompt\n");
  BOOST_TEST(import(Format::csv, "c.csv", "prompt\nx\n", {}).ok());
  BOOST_TEST(told(import(Format::csv, "c.csv", "q\n", with_prompt("p")).errors) == "c.csv: there is no test\n");
}

BOOST_AUTO_TEST_CASE(is_not_wider_than_its_limit) {
  const std::string wide(1000, ',');

  BOOST_TEST(told(import(Format::csv, "c.csv", wide + "\n" + wide + "\n", with_prompt("p")).errors)
                 .find("1001 columns; a table has at most 1000") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(ends_at_its_limit) {
  Options options = with_prompt("p");
  options.limits.cases = 2;

  BOOST_TEST(
      told(import(Format::csv, "c.csv", "q\n1\n2\n3\n", options).errors).find("c.csv:4:1: CSV: more than 2 rows") !=
      std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tests_one_a_line)

BOOST_AUTO_TEST_CASE(become_cases) {
  const Imported made = import(Format::jsonl, "t.jsonl",
                               "{\"vars\": {\"q\": [\"a\", \"b\"]}, \"assert\": [{\"type\": \"equals\", \"value\": "
                               "4.0}]}\n\n{\"vars\": {\"q\": 1}, \"description\": \"d\"}\n",
                               with_prompt("{{q}}"));

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  BOOST_TEST(
      made.suites[0].json.find(
          R"({"title":"Row #1 [2/2]","vars":{"q":"b"},"assertions":[{"type":"equals","value":4}]},{"title":"d","vars":{"q":1},"assertions":[]})") !=
          std::string::npos,
      made.suites[0].json);
}

BOOST_AUTO_TEST_CASE(are_wrong_each_in_its_line) {
  const Imported made =
      import(Format::jsonl, "t.jsonl", "{\"vars\": {}}\n{\n{\"vars\": {}, \"k\\\"ey\": 1}\n[]\n{}\n", with_prompt("p"));

  std::string places;
  for (const source::Fault& fault : made.errors)
    places += std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column) + " ";
  BOOST_TEST(places == "2:2 3:14 4:1 5:1 ", told(made.errors));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(generated_test_cases)

const std::string generated = R"([
  {"id": "7", "title": "Basics", "description": "why", "input": "How?", "difficulty": "basic", "test_type": "practical",
   "expected_criteria": ["Mentions hooks", "Shows code"], "tags": ["react"], "confidence_score": 0.95, "usage_count": 3},
  {"title": "Exact", "input": "2+2", "expected_output": "4", "assertions": [{"type": "contains", "value": "4"}, {"value": "four"}]}
])";

BOOST_AUTO_TEST_CASE(keep_their_criteria_for_a_judge) {
  const Imported made = import(Format::prpm, "g.json", generated, with_prompt("Be helpful."));

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  BOOST_TEST(
      made.suites[0].json ==
      R"({"name":"g","prompt":"Be helpful.","dialect":"prpm","cases":[{"title":"Basics","input":"How?","tags":["react","basic","practical"],)"
      R"("metadata":{"id":"7","description":"why","confidence_score":0.95},)"
      R"("assertions":[{"type":"llm-rubric","value":"Mentions hooks"},{"type":"llm-rubric","value":"Shows code"}]},)"
      R"({"title":"Exact","input":"2+2","expected_output":"4","assertions":[{"type":"contains","value":"4"},{"value":"four"}]}]})");
  BOOST_TEST(made.warnings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(may_come_wrapped) {
  for (const std::string& text :
       {"{\"generated_tests\": " + generated + ", \"total\": 2}", "```json\n" + generated + "\n```\n"}) {
    const Imported made = import(Format::prpm, "g.json", text, with_prompt("p"));
    BOOST_TEST(made.ok(), told(made.errors));
  }
}

BOOST_AUTO_TEST_CASE(are_wrong_by_place) {
  const Imported made =
      import(Format::prpm, "g.json",
             "```json\n[{\"title\": 4, \"inptu\": \"x\", \"tags\": [1], \"assertions\": [{\"type\": \"contains\", "
             "\"weight\": 2}]}, {\"title\": \"t\", \"input\": \"i\", \"is_active\": false}]\n```",
             with_prompt("p"));

  std::string said;
  for (const source::Fault& fault : made.errors)
    said += std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column) + " " + fault.message + "\n";
  BOOST_TEST(said ==
             "2:2 a test case must have input, as text\n"
             "2:12 title: must be text\n"
             "2:15 inptu: a test case has no such key\n"
             "2:38 tags: must be a list of texts\n"
             "2:78 weight: an assertion has no such key\n");
  BOOST_TEST(made.warnings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(need_the_package) {
  BOOST_TEST(told(import(Format::prpm, "g.json", generated, {}).errors) ==
             "g.json: test cases hold no prompt; give the package's content\n");
}

BOOST_AUTO_TEST_SUITE_END()
