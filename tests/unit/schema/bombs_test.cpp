// Schemas and instances that were made to take for ever: each ends within its steps, or with an error that names the
// limit. What counts is steps, not time.
#include <boost/test/unit_test.hpp>
#include <string>

#include "schema/schema.hpp"
#include "tests/support/schema_patterns.hpp"

namespace assay {
namespace {

using Limit = schema::LimitError::Limit;

schema::Options options(bool ajv = false) {
  schema::Options options = ajv ? schema::Options::ajv() : schema::Options{};
  options.patterns = std::make_shared<test::SchemaPatterns>();
  return options;
}

schema::Budget few_steps() {
  schema::Budget budget;
  budget.steps = 100'000;
  return budget;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t count = 0; count < times; ++count) all += text;
  return all;
}

struct Bombs {
  Result<schema::Outcome, schema::LimitError> outcome = schema::Outcome{};

  /// Leaves what became of it in `outcome`.
  void run(std::string_view schema, std::string_view instance, const schema::Budget& budget = {}, bool ajv = false) {
    json::Limits limits = json::Limits::foreign();
    limits.max_depth = 1024;
    auto document = json::parse(instance, limits);
    BOOST_REQUIRE_MESSAGE(document.has_value(), (document ? "" : to_string(document.error())));
    const auto compiled = schema::Schema::compile(schema, options(ajv));
    BOOST_REQUIRE_MESSAGE(compiled.has_value(), (compiled ? "" : to_string(compiled.error())));
    outcome = compiled->validate(document->root(), budget);
  }
  bool stopped_by(Limit limit) const { return !outcome && outcome.error().limit == limit; }
};

BOOST_FIXTURE_TEST_SUITE(schema_bombs, Bombs)

/// 2^40 applications of the last definition.
BOOST_AUTO_TEST_CASE(doubling_references_end_at_the_steps) {
  for (const std::string_view keyword : {"allOf", "anyOf", "oneOf"}) {
    std::string definitions;
    for (int level = 0; level < 40; ++level) {
      const std::string next = "{\"$ref\": \"#/definitions/d" + std::to_string(level + 1) + "\"}";
      definitions +=
          "\"d" + std::to_string(level) + "\": {\"" + std::string(keyword) + "\": [" + next + ", " + next + "]}, ";
    }
    const bool must_fail = keyword != "allOf";
    definitions += std::string("\"d40\": {\"type\": \"") + (must_fail ? "string" : "integer") + "\"}";

    run("{\"$ref\": \"#/definitions/d0\", \"definitions\": {" + definitions + "}}", "1", few_steps());

    BOOST_TEST(stopped_by(Limit::steps), keyword);
    BOOST_TEST(outcome.error().message == "the schema takes more than 100000 steps");
  }
}

BOOST_AUTO_TEST_CASE(a_reference_to_itself_ends_at_the_depth) {
  for (const std::string_view text : {R"({"$ref": "#"})", R"({"allOf": [{"$ref": "#"}]})"}) {
    run(text, "1", {}, true);
    BOOST_TEST(stopped_by(Limit::depth), text);
  }
  for (const std::string_view text :
       {R"({"anyOf": [{"type": "string"}, {"$ref": "#"}]})", R"({"not": {"$ref": "#"}})",
        R"({"if": {"$ref": "#"}, "then": {}})", R"({"dependencies": {"a": {"$ref": "#"}}, "type": "object"})"}) {
    run(text, R"({"a": 1})");
    BOOST_TEST(stopped_by(Limit::depth), text);
    BOOST_TEST(outcome.error().message == "subschemas applied deeper than 1024");
  }
}

BOOST_AUTO_TEST_CASE(deep_values_end_at_the_depth_or_are_judged) {
  const std::string_view tree = R"({"items": {"$ref": "#"}, "type": "array"})";
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };

  run(tree, nested(500));
  BOOST_TEST((outcome && outcome->valid));
  run(tree, nested(1024));
  BOOST_TEST(stopped_by(Limit::depth));
  BOOST_TEST(!json::parse(nested(10'000), json::Limits::foreign()).has_value());
  schema::Budget deep;
  deep.depth = 2048;
  run(tree, nested(1020), deep);
  BOOST_TEST((outcome && outcome->valid));
}

BOOST_AUTO_TEST_CASE(the_deepest_recursion_fits_on_the_stack) {
  schema::Budget deep;
  deep.depth = 2048;
  const std::string_view text = R"({"anyOf": [{"properties": {"a": false}}, {"oneOf": [{"not": {"$ref": "#"}}]}]})";
  run(text, R"({"a": {"b": 1}})", deep);
  BOOST_TEST(stopped_by(Limit::depth));
}

BOOST_AUTO_TEST_CASE(a_huge_enum_is_one_look) {
  std::string values;
  for (int value = 0; value < 50'000; ++value) values += (value == 0 ? "" : ",") + std::to_string(value);
  schema::Budget small;
  small.steps = 100;

  run("{\"enum\": [" + values + "]}", "49999", small);

  BOOST_TEST((outcome && outcome->valid));
}

BOOST_AUTO_TEST_CASE(unique_elements_take_steps_that_grow_with_them) {
  std::string numbers, objects;
  for (int value = 0; value < 100'000; ++value) {
    numbers += (value == 0 ? "" : ",") + std::to_string(value);
    objects += (value == 0 ? "{\"a\":[" : ",{\"a\":[") + std::to_string(value) + "]}";
  }
  schema::Budget budget;
  budget.steps = 1'000'000;

  run(R"({"uniqueItems": true})", '[' + numbers + ']', budget);
  BOOST_TEST((outcome && outcome->valid));
  run(R"({"uniqueItems": true})", '[' + objects + ']', budget);
  BOOST_TEST((outcome && outcome->valid));
  run(R"({"uniqueItems": true})", '[' + objects + ",{\"a\":[0]}]", budget);
  BOOST_TEST((outcome && !outcome->valid));
  run(R"({"uniqueItems": true})", '[' + repeated("1,", 100'000) + "1]", budget);
  BOOST_TEST((outcome && !outcome->valid));
}

BOOST_AUTO_TEST_CASE(many_patterns_times_many_members_end_at_the_steps) {
  std::string patterns, members;
  for (int each = 0; each < 100; ++each) {
    patterns += (each == 0 ? "\"^x" : ",\"^x") + std::to_string(each) + "\": {\"type\": \"string\"}";
  }
  for (int each = 0; each < 50'000; ++each) members += (each == 0 ? "\"m" : ",\"m") + std::to_string(each) + "\":1";

  run("{\"patternProperties\": {" + patterns + "}}", '{' + members + '}', few_steps());

  BOOST_TEST(stopped_by(Limit::steps));
}

BOOST_AUTO_TEST_CASE(comparing_a_large_value_again_and_again_ends_at_the_steps) {
  const std::string large = '[' + repeated("1,", 20'000) + "1]";
  const std::string alternatives = repeated("{\"enum\": [[2]]},", 3'000);

  run("{\"anyOf\": [" + alternatives + "{\"const\": 1}]}", large, few_steps());

  BOOST_TEST(stopped_by(Limit::steps));
}

BOOST_AUTO_TEST_CASE(schemas_that_are_too_large_or_too_deep_are_refused) {
  schema::Options tight = options();
  tight.max_bytes = 100;
  BOOST_TEST(!schema::Schema::compile("{\"title\": \"" + std::string(100, 'x') + "\"}", tight).has_value());

  const std::string deep = repeated("{\"not\":", 300) + "{}" + std::string(300, '}');
  const auto schema = schema::Schema::compile(deep, options());
  BOOST_REQUIRE(!schema.has_value());
  BOOST_TEST(schema.error().message.find("nested deeper than 256") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_pattern_that_takes_too_long_is_an_error_that_names_it) {
  class Endless final : public schema::PatternCompiler, public schema::Pattern {
   public:
    Result<std::unique_ptr<const schema::Pattern>, std::string> compile(std::string_view) const override {
      return std::make_unique<const Endless>();
    }
    Result<bool, std::string> readable(std::string_view) const override { return failure(std::string("unclear")); }
    Result<bool, std::string> found_in(std::string_view) const override { return failure(std::string("too slow")); }
  };
  schema::Options with;
  with.patterns = std::make_shared<Endless>();
  for (const std::string_view text :
       {R"({"pattern": "a"})", R"({"format": "regex"})", R"({"not": {"pattern": "a"}})"}) {
    const auto document = json::parse("\"x\"");
    const auto result = schema::Schema::compile(text, with)->validate(document->root());
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST((result.error().limit == Limit::pattern));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay
