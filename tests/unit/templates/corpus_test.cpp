#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "json/document.hpp"
#include "templates/template.hpp"

using namespace assay;
using namespace assay::templates;

namespace {

json::Document read(const std::string& text) {
  auto document = json::parse(text, json::Limits::foreign());
  BOOST_REQUIRE_MESSAGE(document, text);
  return std::move(*document);
}

std::string data_file(const std::string& name) {
  return std::string(ASSAY_SOURCE_DIR) + "/tests/data/templates/" + name;
}

json::Document world() {
  std::ifstream file(data_file("world.json"));
  return read(std::string(std::istreambuf_iterator<char>(file), {}));
}

Result<std::string, Fault> answer(json::View row, json::View world) {
  const auto compiled = Template::compile(row["t"].string_or(""));
  if (!compiled) return failure(compiled.error());
  return compiled->render(row["v"].exists() ? row["v"] : world);
}

std::string shown(const Result<std::string, Fault>& answer) {
  return answer ? "\"" + *answer + "\"" : to_string(answer.error());
}

/// Every row of a file that Nunjucks has answered: the same text, or a fault where it threw. A row with a `why` is one
/// where ours refuses on purpose.
std::size_t check(const std::string& name) {
  const json::Document variables = world();
  std::ifstream file(data_file(name));
  std::size_t rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    const json::Document row = read(line);
    const auto ours = answer(row.root(), variables.root());
    const auto theirs = row["r"].as_string();
    const std::string about =
        name + ":" + std::to_string(rows + 1) + ": " + std::string(row["t"].raw()) + " gives " + shown(ours);
    if (row["why"].exists() || !theirs) {
      BOOST_TEST(!ours.has_value(), about);
    } else {
      BOOST_TEST((ours && *ours == *theirs), about << ", expected " << row["r"].raw());
    }
  }
  return rows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(recorded_answers_of_nunjucks)

BOOST_AUTO_TEST_CASE(are_ours_for_every_tag_operator_filter_and_test) {
  BOOST_TEST(check("nunjucks.jsonl") > 1500u);
}

BOOST_AUTO_TEST_CASE(are_ours_for_random_templates) {
  BOOST_TEST(check("random.jsonl") > 400u);
}

BOOST_AUTO_TEST_SUITE_END()
