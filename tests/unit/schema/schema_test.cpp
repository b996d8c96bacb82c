#include "schema/schema.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "json/utf8.hpp"
#include "schema/uri.hpp"
#include "tests/support/schema_patterns.hpp"

namespace assay {
namespace {

schema::Options options() {
  schema::Options options;
  options.patterns = std::make_shared<test::SchemaPatterns>();
  return options;
}

schema::Schema compiled(std::string_view text) {
  auto schema = schema::Schema::compile(text, options());
  BOOST_REQUIRE_MESSAGE(schema.has_value(), (schema ? "" : to_string(schema.error())));
  return std::move(*schema);
}

std::string fault_of(std::string_view text, const schema::Options& with) {
  const auto schema = schema::Schema::compile(text, with);
  return schema ? "compiles" : to_string(schema.error());
}
std::string fault_of(std::string_view text) {
  return fault_of(text, options());
}

schema::Outcome outcome_of(std::string_view schema, std::string_view instance, std::size_t violations = 1) {
  const auto value = json::parse(instance, json::Limits::foreign());
  BOOST_REQUIRE(value.has_value());
  schema::Budget budget;
  budget.max_violations = violations;
  const auto outcome = compiled(schema).validate(value->root(), budget);
  BOOST_REQUIRE(outcome.has_value());
  BOOST_REQUIRE(outcome->valid == outcome->violations.empty());
  return *outcome;
}
bool fits(std::string_view schema, std::string_view instance) {
  return outcome_of(schema, instance).valid;
}
std::string said(std::string_view schema, std::string_view instance) {
  const schema::Outcome outcome = outcome_of(schema, instance);
  return outcome.valid ? "fits" : to_string(outcome.violations.front());
}

BOOST_AUTO_TEST_SUITE(schema_of_json)

BOOST_AUTO_TEST_CASE(says_what_was_expected_what_was_found_and_where) {
  const std::string_view order =
      R"({"properties": {"items": {"type": "array", "maxItems": 2, "items": {"required": ["id"],
      "properties": {"id": {"type": "integer", "minimum": 1}, "a/b": {"enum": ["x", "y"]}}}}}})";

  BOOST_TEST(said(order, R"({"items": 5})") == "/items: expected array, found 5 (#/properties/items/type)");
  BOOST_TEST(said(order, R"({"items": [{"id": 1}, {}]})") ==
             "/items/1: expected a member \"id\", found an object of 0 members (#/properties/items/items/required)");
  BOOST_TEST(said(order, R"({"items": [{"id": 0}]})") ==
             "/items/0/id: expected at least 1, found 0 (#/properties/items/items/properties/id/minimum)");
  BOOST_TEST(
      said(order, R"({"items": [{"id": 1, "a/b": "z"}]})") ==
      "/items/0/a~1b: expected one of \"x\", \"y\", found \"z\" (#/properties/items/items/properties/a~1b/enum)");
  BOOST_TEST(said(order, R"({"items": [{"id": 1}, {"id": 1}, {"id": 1}]})") ==
             "/items: expected at most 2 elements, found 3 elements (#/properties/items/maxItems)");
  BOOST_TEST(said("false", "1") == "the value: expected no value here, found 1 (#)");
  BOOST_TEST(said(R"({"uniqueItems": true})", "[1, 2, 1.0, 2]") ==
             "the value: expected no element twice, found elements 0 and 2 are the same (#/uniqueItems)");
  BOOST_TEST(said(R"({"oneOf": [{"type": "integer"}, {"minimum": 2}]})", "3") ==
             "the value: expected exactly one of 2 alternatives, found 3, which fits more than one (#/oneOf)");
}

BOOST_AUTO_TEST_CASE(names_as_many_violations_as_are_asked_for_in_the_order_of_the_instance) {
  const std::string_view numbers = R"({"items": {"type": "number", "minimum": 10}, "minItems": 9})";

  const schema::Outcome outcome = outcome_of(numbers, R"([1, "a", 20, 3])", 3);

  BOOST_REQUIRE(outcome.violations.size() == 3U);
  BOOST_TEST(outcome.violations[0].keyword == "minItems");
  BOOST_TEST(outcome.violations[1].instance_path == "/0");
  BOOST_TEST(outcome.violations[2].instance_path == "/1");
}

BOOST_AUTO_TEST_CASE(keeps_its_texts_short_and_whole) {
  const std::string euros = [] {
    std::string text;
    for (int count = 0; count < 5000; ++count) text += "€";
    return text;
  }();

  const schema::Outcome outcome = outcome_of(R"({"type": "integer"})", '"' + euros + '"');

  BOOST_TEST(outcome.violations.front().found.size() < 100U);
  BOOST_TEST(json::find_bad_utf8(outcome.violations.front().found) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(compares_numbers_by_their_digits) {
  BOOST_TEST(fits(R"({"type": "integer"})", "1.0"));
  BOOST_TEST(fits(R"({"type": "integer"})", "12345678901234567890123"));
  BOOST_TEST(fits(R"({"type": "integer"})", "1.5e1"));
  BOOST_TEST(!fits(R"({"type": "integer"})", "12345678901234567890.5"));
  BOOST_TEST(fits(R"({"const": 1})", "1.0"));
  BOOST_TEST(fits(R"({"const": 0})", "-0"));
  BOOST_TEST(!fits(R"({"const": 9007199254740992})", "9007199254740993"));
  BOOST_TEST(!fits(R"({"maximum": 9007199254740992})", "9007199254740993"));
  BOOST_TEST(!fits(R"({"enum": [9007199254740992]})", "9007199254740993"));
  BOOST_TEST(fits(R"({"uniqueItems": true})", "[9007199254740992, 9007199254740993]"));
  BOOST_TEST(!fits(R"({"uniqueItems": true})", "[100, 1e2]"));
}

BOOST_AUTO_TEST_CASE(divides_as_javascript_does) {
  BOOST_TEST(fits(R"({"multipleOf": 0.01})", "1"));
  BOOST_TEST(!fits(R"({"multipleOf": 0.01})", "19.99"));
  BOOST_TEST(!fits(R"({"multipleOf": 2})", "1e300"));
}

BOOST_AUTO_TEST_CASE(counts_characters) {
  BOOST_TEST(fits(R"({"minLength": 2, "maxLength": 2})", "\"😀é\""));
  BOOST_TEST(fits(R"({"minLength": 1, "maxLength": 1})", R"("\ud800")"));
}

BOOST_AUTO_TEST_CASE(looks_at_the_last_of_duplicate_members) {
  BOOST_TEST(fits(R"({"properties": {"a": {"type": "integer"}}})", R"({"a": "x", "a": 1})"));
  BOOST_TEST(!fits(R"({"properties": {"a": {"type": "integer"}}})", R"({"a": 1, "a": "x"})"));
  BOOST_TEST(fits(R"({"maxProperties": 1})", R"({"a": 1, "a": "x"})"));
}

BOOST_AUTO_TEST_CASE(does_not_see_what_stands_beside_a_reference) {
  BOOST_TEST(
      fits(R"({"$ref": "#/definitions/a", "maxLength": 1, "definitions": {"a": {"type": "string"}}})", "\"abc\""));
}

BOOST_AUTO_TEST_CASE(never_fetches_a_document) {
  BOOST_TEST(fault_of(R"({"$ref": "http://x.test/y"})") ==
             "#: the $ref \"http://x.test/y\" names another document: nothing is fetched, it must be handed in");
  BOOST_TEST(fault_of(R"({"items": {"$ref": "file:///etc/passwd"}})").starts_with("#/items: the $ref"));
  BOOST_TEST(fault_of(R"({"$ref": "other.json#/a"})").find("must be handed in") != std::string::npos);

  schema::Options with = options();
  with.documents["http://x.test/y"] = R"({"type": "null"})";
  BOOST_TEST(fault_of(R"({"$ref": "http://x.test/y"})", with) == "compiles");
  with.documents["http://x.test/y"] = "{";
  BOOST_TEST(fault_of(R"({"$ref": "http://x.test/y"})", with).starts_with("http://x.test/y#: is not JSON"));
}

BOOST_AUTO_TEST_CASE(refuses_references_that_lead_nowhere_or_back) {
  BOOST_TEST(fault_of(R"({"$ref": "#/nope"})") == "#: nothing stands at the $ref \"#/nope\"");
  BOOST_TEST(fault_of(R"({"$ref": "#name"})") == "#: nothing stands at the $ref \"#name\"");
  BOOST_TEST(fault_of(R"({"$ref": "#/title", "title": "x"})") ==
             "#/title: a schema is an object or a boolean, not a string");
  BOOST_TEST(fault_of(R"({"$ref": "#"})") == "#: the $ref leads back to itself without a step in the value");
  BOOST_TEST(fault_of(R"({"allOf": [{"$ref": "#/definitions/a"}], "definitions": {"a": {"allOf": [{"$ref": "#"}]}}})")
                 .ends_with("leads back to itself without a step in the value"));
  BOOST_TEST(fault_of(R"({"definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}})")
                 .ends_with("leads back to itself without a step in the value"));
  BOOST_TEST(fault_of(R"({"properties": {"a": {"$ref": "#"}}})") == "compiles");
  BOOST_TEST(fault_of(R"({"definitions": {"a": {"$id": "x"}, "b": {"$id": "x"}}})").find("stands twice") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_schema_and_says_where) {
  BOOST_TEST(fault_of("{") != "compiles");
  BOOST_TEST(fault_of("[]") == "#: expected boolean or object, found an array of 0 elements");
  BOOST_TEST(fault_of(R"({"properties": {"a": {"minLength": -1}}})") ==
             "#/properties/a/minLength: expected at least 0, found -1");
  BOOST_TEST(
      fault_of(R"({"definitions": {"unused": {"type": "strin"}}})").starts_with("#/definitions/unused/type: expected"));
  BOOST_TEST(fault_of(R"({"pattern": "("})").starts_with("#/pattern: the pattern cannot be used"));
  BOOST_TEST(fault_of(R"({"patternProperties": {"(": {}}})").starts_with("#/patternProperties: the pattern"));
  BOOST_TEST(fault_of(R"({"pattern": "a"})", schema::Options{}) == "#/pattern: patterns are not available here");
}

/// A $ref may lead under a keyword nobody knows, where draft-07's own schema does not look.
BOOST_AUTO_TEST_CASE(checks_keywords_where_the_metaschema_does_not) {
  for (const std::string_view part : {R"({"minLength": "1"})",
                                      R"({"minLength": 1.5})",
                                      R"({"type": "x"})",
                                      R"({"type": []})",
                                      R"({"enum": 1})",
                                      R"({"required": [1]})",
                                      R"({"required": "a"})",
                                      R"({"properties": []})",
                                      R"({"properties": {"a": 1}})",
                                      R"({"pattern": 1})",
                                      R"({"format": 1})",
                                      R"({"allOf": []})",
                                      R"({"allOf": {}})",
                                      R"({"anyOf": [1]})",
                                      R"({"multipleOf": 0})",
                                      R"({"uniqueItems": 1})",
                                      R"({"dependencies": {"a": [1]}})",
                                      R"({"dependencies": 1})",
                                      R"({"$ref": 1})",
                                      R"({"items": 1})",
                                      R"({"not": 1})",
                                      R"({"if": 1, "then": {}})",
                                      R"({"minimum": "1"})"}) {
    const std::string text = std::string(R"({"$ref": "#/x/y", "x": {"y": )") + std::string(part) + "}}";
    BOOST_TEST(fault_of(text) != "compiles", text);
  }
}

BOOST_AUTO_TEST_CASE(reports_what_it_does_not_know_or_refuses_it) {
  const std::string_view text = R"({"foo": 1, "properties": {"a": {"format": "nope"}, "b": {"then": {}},
      "c": {"additionalItems": false}, "d": {"if": {}}}, "definitions": {"x": {"bar": 1}}})";
  schema::Options strict = options();
  strict.unknown = schema::Options::Unknown::refuse;

  const schema::Schema schema = compiled(text);
  std::string remarks;
  for (const schema::Remark& remark : schema.remarks()) remarks += remark.path + ' ' + remark.keyword + "; ";

  BOOST_TEST(remarks ==
             "# foo; #/definitions/x bar; #/properties/a format; #/properties/b then; #/properties/c additionalItems; "
             "#/properties/d if; ");
  BOOST_TEST(fault_of(text, strict) == "#/foo: is not a keyword of draft-07");
  BOOST_TEST(fault_of(R"({"format": "nope"})", strict) == "#/format: the format \"nope\" is not known");
  BOOST_TEST(fault_of(R"({"title": "x", "format": "date"})", strict) == "compiles");
}

BOOST_AUTO_TEST_CASE(is_read_from_a_value_inside_a_document) {
  const auto suite = json::parse(R"({"value": {"type": "string"}})");

  const auto schema = schema::Schema::compile(suite->root()["value"], options());

  BOOST_REQUIRE(schema.has_value());
  BOOST_TEST(!schema->validate(suite->root())->valid);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(uri)

/// RFC 3986, section 5.4.
BOOST_AUTO_TEST_CASE(resolves_references_as_the_standard_shows) {
  const auto resolved = [](std::string_view reference) { return schema::resolve_uri("http://a/b/c/d;p?q", reference); };
  BOOST_TEST(resolved("g:h") == "g:h");
  BOOST_TEST(resolved("g") == "http://a/b/c/g");
  BOOST_TEST(resolved("./g") == "http://a/b/c/g");
  BOOST_TEST(resolved("g/") == "http://a/b/c/g/");
  BOOST_TEST(resolved("/g") == "http://a/g");
  BOOST_TEST(resolved("//g") == "http://g");
  BOOST_TEST(resolved("?y") == "http://a/b/c/d;p?y");
  BOOST_TEST(resolved("g?y") == "http://a/b/c/g?y");
  BOOST_TEST(resolved("#s") == "http://a/b/c/d;p?q#s");
  BOOST_TEST(resolved("") == "http://a/b/c/d;p?q");
  BOOST_TEST(resolved(".") == "http://a/b/c/");
  BOOST_TEST(resolved("..") == "http://a/b/");
  BOOST_TEST(resolved("../g") == "http://a/b/g");
  BOOST_TEST(resolved("../../g") == "http://a/g");
  BOOST_TEST(resolved("../../../g") == "http://a/g");
  BOOST_TEST(resolved("/./g") == "http://a/g");
  BOOST_TEST(resolved("/../g") == "http://a/g");
  BOOST_TEST(resolved("g.") == "http://a/b/c/g.");
  BOOST_TEST(resolved("./g/.") == "http://a/b/c/g/");
  BOOST_TEST(resolved("g/./h") == "http://a/b/c/g/h");
  BOOST_TEST(resolved("g/../h") == "http://a/b/c/h");
  BOOST_TEST(resolved("g;x=1/../y") == "http://a/b/c/y");
  BOOST_TEST(resolved("http:g") == "http:g");
  BOOST_TEST(schema::resolve_uri("", "#/a") == "#/a");
  BOOST_TEST(schema::resolve_uri("http://a", "b") == "http://a/b");
  BOOST_TEST(schema::resolve_uri("urn:a:b", "#c") == "urn:a:b#c");
}

BOOST_AUTO_TEST_CASE(decodes_percent_codes) {
  BOOST_TEST(*schema::percent_decode("a%25%41") == "a%A");
  BOOST_TEST(!schema::percent_decode("%"));
  BOOST_TEST(!schema::percent_decode("%4"));
  BOOST_TEST(!schema::percent_decode("%zz"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay
