#include "templates/template.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

using namespace assay;
using namespace assay::templates;

namespace {

std::string render(std::string_view text, const std::string& variables = "{}", const Limits& limits = {},
                   Objects objects = Objects::javascript) {
  const auto document = json::parse(variables, json::Limits::foreign());
  BOOST_REQUIRE(document);
  const auto compiled = Template::compile(text, limits);
  if (!compiled) return to_string(compiled.error());
  const auto rendered = compiled->render(document->root(), objects);
  return rendered ? *rendered : to_string(rendered.error());
}

Fault fault_of(std::string_view text, const std::string& variables = "{}", const Limits& limits = {}) {
  const auto document = json::parse(variables);
  const auto compiled = Template::compile(text, limits);
  if (!compiled) return compiled.error();
  const auto rendered = compiled->render(document->root());
  BOOST_REQUIRE(!rendered);
  return rendered.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_template)

BOOST_AUTO_TEST_CASE(says_where_it_is_wrong_in_lines_and_characters) {
  BOOST_TEST(render("Zeile é\n  {{ ä | nosuch }}") == "line 2, column 10: unknown filter nosuch");
  BOOST_TEST(render("{% if a %}\nx") == "line 1, column 4: {% if %} has no {% endif %}");
  BOOST_TEST(render("a\n{{ 1 + }}") == "line 2, column 8: expected a value, found \"}}\"");
  BOOST_TEST(render("😀{{ a.b( }}") == "line 1, column 8: calls are refused: templates have filters, not functions");
  BOOST_TEST(render("x\n\n{{ n | upper }}", R"({"n": 5})") ==
             "line 3, column 8: filter upper: needs a text, not a number");
}

BOOST_AUTO_TEST_CASE(tells_refusals_limits_and_values_of_the_wrong_kind_apart) {
  using Kind = Fault::Kind;
  BOOST_CHECK(fault_of("{{ }}").kind == Kind::syntax);
  BOOST_CHECK(fault_of("{% include 'x' %}").kind == Kind::refused);
  BOOST_CHECK(fault_of("{{ a.constructor }}", R"({"a": {}})").kind == Kind::refused);
  BOOST_CHECK(fault_of("{{ range(1e9) }}").kind == Kind::value);  // 1e9 is a name here
  BOOST_CHECK(fault_of("{{ range(1000000000) }}").kind == Kind::limit);
  BOOST_CHECK(fault_of("{{ 1 in 5 }}").kind == Kind::value);
}

BOOST_AUTO_TEST_CASE(gives_a_judges_prompt_objects_as_json_text) {
  const std::string variables = R"({"o": {"b": 1.0, "a": [1]}, "l": [{"x": null}, "plain", [2]], "t": "text", "n": 1})";

  BOOST_TEST(render("{{ o }} {{ l }} {{ t }} {{ n }}", variables, {}, Objects::json) ==
             R"({"b":1,"a":[1]} {"x":null},plain,[2] text 1)");
  BOOST_TEST(render("{{ o }} {{ o.a }}", variables) == "[object Object] 1");
}

BOOST_AUTO_TEST_CASE(sees_no_variables_in_what_is_not_an_object) {
  BOOST_TEST(render("[{{ a }}{{ length }}]", "[1, 2]") == "[]");
  BOOST_TEST(Template::compile("[{{ a }}]")->render({}).value() == "[]");
}

BOOST_AUTO_TEST_CASE(keeps_half_characters_and_replaces_what_is_not_utf8) {
  BOOST_TEST(render("{{ x }}", R"({"x": "\ud83d"})") == "\xED\xA0\xBD");
  BOOST_TEST(render("{{ x }}{{ y }}", R"({"x": "\ud83d", "y": "\ude00"})") == "😀");
  BOOST_TEST(render("a\xFF{{ 1 }}") ==
             "a\xEF\xBF\xBD"
             "1");
}

BOOST_AUTO_TEST_CASE(is_rendered_by_many_threads_at_once) {
  const auto document = json::parse(R"({"list": [3, 1, 2], "name": "x"})");
  const auto compiled =
      Template::compile("{% set s = '' %}{% for i in list | sort %}{% set s = s ~ i ~ name %}{% endfor %}{{ s }}");
  std::vector<std::string> results(4);

  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) result = compiled->render(document->root()).value();
    });
  }
  for (std::thread& thread : threads) thread.join();

  for (const std::string& result : results) BOOST_TEST(result == "1x2x3x");
}

BOOST_AUTO_TEST_CASE(starts_every_rendering_afresh) {
  const auto first = json::parse(R"({"list": [1]})"), second = json::parse("{}");
  const auto compiled =
      Template::compile("{% for x in list %}{% set y = 1 %}{{ x }}{% else %}none{% endfor %}{{ y }}{{ x }}");

  BOOST_TEST(compiled->render(first->root()).value() == "1");
  BOOST_TEST(compiled->render(second->root()).value() == "none");
}

BOOST_AUTO_TEST_CASE(names_the_limit_that_it_would_pass) {
  const auto with = [](auto member, std::size_t value) {
    Limits limits;
    limits.*member = value;
    return limits;
  };
  BOOST_TEST(render("12345", "{}", with(&Limits::max_template_bytes, 4)) ==
             "line 1, column 1: the template is too long (max_template_bytes 4)");
  BOOST_TEST(render("{{ ((((1)))) }}", "{}", with(&Limits::max_depth, 4)) ==
             "line 1, column 8: the template nests too deep (max_depth 4)");
  BOOST_TEST(render("{{ [[[[1]]]] | length }}", "{}", with(&Limits::max_value_depth, 3)) ==
             "line 1, column 4: a value nests too deep (max_value_depth 3)");
  BOOST_TEST(render("{{ a }}", R"({"a": [[[[1]]]]})", with(&Limits::max_value_depth, 3)) ==
             "line 1, column 4: a value nests too deep (max_value_depth 3)");
  BOOST_TEST(render("{{ a }}{{ a }}", R"({"a": "éé"})", with(&Limits::max_output_bytes, 7)) ==
             "line 1, column 1: the template writes too much (max_output_bytes 7)");
  BOOST_TEST(render("{{ a }}{{ a }}", R"({"a": "éé"})", with(&Limits::max_output_bytes, 8)) == "éééé");
  BOOST_TEST(render("{{ 1 + 1 + 1 + 1 }}", "{}", with(&Limits::max_steps, 5)) ==
             "line 1, column 16: the template takes too many steps (max_steps 5)");
  BOOST_TEST(render("{% for x in [1, 2, 3] %}{% endfor %}", "{}", with(&Limits::max_iterations, 2)) ==
             "line 1, column 4: the template's loops turn too often (max_iterations 2)");
  BOOST_TEST(render("{{ 'x' | center(900) }}", "{}", with(&Limits::max_built_bytes, 500)) ==
             "line 1, column 10: the template builds too much (max_built_bytes 500)");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(template_syntax)

BOOST_AUTO_TEST_CASE(is_found_where_nunjucks_would_not_leave_the_text_alone) {
  for (const char* text : {"{{", "a {{ b }}", "{%", "x{%", "{#", "{# c #}", "a #}", "{{{", "#{{", "#}"}) {
    BOOST_TEST(has_template_syntax(text), text);
  }
}

BOOST_AUTO_TEST_CASE(is_not_found_in_plain_text) {
  for (const char* text :
       {"", "{", "#", "plain", "{ {", "{ %", "a{3}", "}}", "%}", "{\"a\": {\"b\": 1}}", "# {", "}#{"}) {
    BOOST_TEST(!has_template_syntax(text), text);
    BOOST_TEST(render(text) == text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
