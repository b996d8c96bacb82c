// Options::ajv() against what Ajv 8 answered, set up as promptfoo does (scripts/dev/schema-corpus.mjs).
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <set>
#include <string>

#include "schema/schema.hpp"
#include "tests/support/schema_patterns.hpp"

namespace assay {
namespace {

schema::Options as_ajv() {
  schema::Options options = schema::Options::ajv();
  options.patterns = std::make_shared<test::SchemaPatterns>();
  return options;
}

/// Whether the answer is Ajv's: true, false, or null for an error while it validated.
bool agrees(const Result<schema::Outcome, schema::LimitError>& outcome, json::View expected) {
  return expected.is_null() ? !outcome : outcome && outcome->valid == expected.as_bool();
}

BOOST_AUTO_TEST_SUITE(ajv_preset)

BOOST_AUTO_TEST_CASE(answers_what_ajv_answers) {
  std::ifstream lines(ASSAY_SOURCE_DIR "/tests/data/schema/ajv.jsonl");
  std::size_t schemas = 0, raised = 0, cases = 0;
  for (std::string line; std::getline(lines, line); ++schemas) {
    const auto record = json::parse(line, json::Limits::foreign());
    BOOST_REQUIRE_MESSAGE(record.has_value(), line);
    const json::View text = record->root()["schema"];

    const auto schema = schema::Schema::compile(text, as_ajv());

    const bool raises = record->root()["raises"].as_bool() == true;
    raised += raises;
    BOOST_TEST(schema.has_value() == !raises, text.raw() << (schema ? "" : ": " + to_string(schema.error())));
    if (!schema) continue;
    for (const json::View each : record->root()["cases"].elements()) {
      ++cases;
      const auto outcome = schema->validate(each[0]);
      const std::string why = !outcome                      ? outcome.error().message
                              : outcome->violations.empty() ? std::string()
                                                            : to_string(outcome->violations.front());
      BOOST_TEST(agrees(outcome, each[1]), text.raw() << " on " << each[0].raw() << ": " << why);
    }
  }
  BOOST_TEST(schemas >= 1600U);
  BOOST_TEST(raised >= 300U);
  BOOST_TEST(cases >= 10'000U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay
