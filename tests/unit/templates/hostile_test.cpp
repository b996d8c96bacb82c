#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>

#include "json/document.hpp"
#include "json/writer.hpp"
#include "templates/machine.hpp"
#include "templates/parser.hpp"
#include "templates/trouble.hpp"

using namespace assay;
using namespace assay::templates;

namespace {

/// [[text, times], …]
std::string put_together(json::View parts) {
  std::string text;
  for (const json::View part : parts.elements()) {
    for (std::int64_t i = 0; i < part.at(1).as_int64().value_or(0); ++i) text += part.at(0).string_or("");
  }
  return text;
}

/// A row of hostile.jsonl: `t` is the template, or `parts` to put it together from; `v` are the variables, `long` more
/// of them in parts.
std::string template_of(json::View row) {
  return row["t"].exists() ? std::string(row["t"].string_or("")) : put_together(row["parts"]);
}

std::string variables_of(json::View row) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  for (const auto& [name, value] : row["v"].members()) writer.key(name).view(value);
  for (const auto& [name, parts] : row["long"].members()) writer.field(name, put_together(parts));
  writer.end_object();
  return text;
}

std::string_view name_of(Fault::Kind kind) {
  switch (kind) {
    case Fault::Kind::syntax:
      return "syntax";
    case Fault::Kind::refused:
      return "refused";
    case Fault::Kind::limit:
      return "limit";
    case Fault::Kind::value:
      return "value";
  }
  return "";
}

/// How it ended: "text", or the kind of the fault; for a limit with its message.
std::string ending(const std::string& text, json::View variables, std::size_t& steps) {
  try {
    const Program program = Parser(text, Limits()).parse();
    Machine machine(program, variables, Objects::javascript);
    try {
      (void)machine.run();
    } catch (const Trouble&) {
      steps = machine.budget().steps();
      throw;
    }
    steps = machine.budget().steps();
    return "text";
  } catch (const Trouble& trouble) {
    BOOST_TEST(trouble.at <= text.size());
    return std::string(name_of(trouble.kind)) + (trouble.kind == Fault::Kind::limit ? ": " + trouble.message : "");
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_templates)

BOOST_AUTO_TEST_CASE(end_in_a_refusal_or_stay_within_the_limits) {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/data/templates/hostile.jsonl");
  std::size_t rows = 0;

  for (std::string line; std::getline(file, line); ++rows) {
    const auto row = json::parse(line);
    BOOST_REQUIRE_MESSAGE(row, line);
    const auto variables = json::parse(variables_of(row->root()));
    BOOST_REQUIRE(variables);
    std::size_t steps = 0;
    const std::string end = ending(template_of(row->root()), variables->root(), steps);
    const std::string_view wanted = row->root()["ends"].string_or("");
    BOOST_TEST((end.starts_with(wanted) && end.find(row->root()["limit"].string_or("")) != end.npos),
               "row " << rows + 1 << " ends with " << end << ": " << line.substr(0, 200));
    BOOST_TEST(steps <= Limits().max_steps);
  }

  BOOST_TEST(rows >= 60u);
}

BOOST_AUTO_TEST_SUITE_END()
