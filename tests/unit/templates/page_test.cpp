#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "json/document.hpp"
#include "templates/filters.hpp"
#include "templates/questions.hpp"
#include "templates/template.hpp"

using namespace assay;
using namespace assay::templates;

namespace {

/// A `template` block of docs/templates.md.
struct Example {
  std::string text, variables = "{}", gives;
  bool fails = false;
};

std::string page() {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/docs/templates.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

Example read_example(const std::string& block) {
  Example example;
  std::string* part = &example.text;
  std::size_t from = 0;
  for (std::size_t end = block.find('\n'); end != std::string::npos; from = end + 1, end = block.find('\n', from)) {
    const std::string line = block.substr(from, end - from);
    if (line.starts_with("-- with ")) {
      example.variables = line.substr(8);
    } else if (line == "-- gives" || line == "-- fails") {
      example.fails = line == "-- fails";
      part = &example.gives;
    } else {
      *part += (part->empty() ? "" : "\n") + line;
    }
  }
  return example;
}

std::vector<Example> examples() {
  const std::string text = page(), begin = "```template\n", end = "```\n";
  std::vector<Example> all;
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    at += begin.size();
    const std::size_t stop = text.find(end, at);
    all.push_back(read_example(text.substr(at, stop - at)));
    at = stop;
  }
  return all;
}

std::string outcome(const Example& example) {
  const auto variables = json::parse(example.variables);
  BOOST_REQUIRE_MESSAGE(variables, example.variables);
  const auto compiled = Template::compile(example.text);
  const auto rendered = compiled ? compiled->render(variables->root()) : failure(compiled.error());
  BOOST_TEST(rendered.has_value() != example.fails, example.text);
  return rendered ? *rendered : to_string(rendered.error());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_page_about_templates)

BOOST_AUTO_TEST_CASE(shows_what_templates_really_give) {
  const std::vector<Example> all = examples();

  BOOST_TEST(all.size() >= 10u);
  for (const Example& example : all) BOOST_TEST(outcome(example) == example.gives);
}

BOOST_AUTO_TEST_CASE(names_every_filter_and_test) {
  const std::string text = page();

  for (const std::string_view name : filter_names()) {
    const std::string quoted = "`" + std::string(name);
    BOOST_TEST((text.find(quoted + "`") != text.npos || text.find(quoted + "(") != text.npos), name);
  }
  for (const std::string_view name : question_names()) {
    const std::string quoted = "`" + std::string(name);
    BOOST_TEST((text.find(quoted + "`") != text.npos || text.find(quoted + "(") != text.npos), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
