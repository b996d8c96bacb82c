#include "imports/import.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

#include "json/document.hpp"
#include "suite/read.hpp"

using namespace assay;
using namespace assay::imports;

namespace {

const std::string base = "prompts: [\"Tell me of {{city}}\"]\nproviders: [openai:gpt-4o]\n";

Options with_files(std::map<std::string, std::string> files) {
  Options options;
  options.read_file = [files = std::move(files)](const std::string& path) -> Result<std::string, std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return failure(std::string("no such file"));
    return found->second;
  };
  return options;
}

Imported from_config(const std::string& text, const Options& options = {}) {
  return import(Format::promptfoo, "promptfooconfig.yaml", text, options);
}

/// "2:3 message" of each fault, a line each.
std::string told(const std::vector<source::Fault>& faults) {
  std::string text;
  for (const source::Fault& fault : faults) {
    text += std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column) + " " + fault.message;
    if (!fault.suggestion.empty()) text += " -> " + fault.suggestion;
    text += "\n";
  }
  return text;
}

std::string error_of(const std::string& config, const Options& options = {}) {
  const Imported made = from_config(config, options);
  BOOST_TEST(made.suites.empty());
  return told(made.errors);
}

std::string warnings_of(const std::string& config, const Options& options = {}) {
  const Imported made = from_config(config, options);
  BOOST_TEST(made.ok(), told(made.errors));
  return told(made.warnings);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(configuration)

BOOST_AUTO_TEST_CASE(becomes_a_suite_with_its_models_and_settings) {
  const Imported made = from_config(
      "description: Cities\nprompts: [\"Tell me of {{city}}\"]\nproviders:\n"
      "  - id: openai:chat:gpt-4o\n    config: {temperature: 0.5, max_tokens: 100}\n"
      "  - anthropic:messages:claude-sonnet-4-5: {config: {temperature: 0.5, max_tokens: 200}}\n"
      "tests:\n  - description: capital\n    vars: {city: Paris}\n    threshold: 0.5\n    metadata: {from: me}\n"
      "    assert: [{type: contains, value: \"{{city}}\", weight: 2, metric: names}]\n");

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  BOOST_REQUIRE(made.suites.size() == 1U);
  BOOST_TEST(made.suites[0].name == "Cities");
  BOOST_TEST(made.suites[0].models == (std::vector<std::string>{"openai/gpt-4o", "anthropic/claude-sonnet-4-5"}),
             boost::test_tools::per_element());
  BOOST_TEST(made.suites[0].json ==
             R"({"name":"Cities","prompt":"Tell me of {{city}}","dialect":"promptfoo","defaults":{"temperature":0.5},)"
             R"("cases":[{"title":"capital","vars":{"city":"Paris"},"metadata":{"from":"me"},"threshold":0.5,)"
             R"("assertions":[{"type":"contains","value":"{{city}}","weight":2,"metric":"names"}]}]})");
  BOOST_TEST(told(made.warnings) ==
             "5:32 max_tokens: the providers differ in it; not carried over\n"
             "6:71 max_tokens: the providers differ in it; not carried over\n");
}

BOOST_AUTO_TEST_CASE(of_chat_messages_splits_instructions_and_question) {
  const Imported made = from_config(
      "prompts:\n  - '[{\"role\": \"system\", \"content\": \"Be \\\"short\\\".\"}, {\"role\": \"user\", \"content\": "
      "\"{{q}}?\"}]'\n"
      "  - |\n    - role: user\n      content: only {{q}}\nproviders: [echo]\ntests: [{vars: {q: 1}}]\n");

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  BOOST_REQUIRE(made.suites.size() == 2U);
  const auto chat = json::parse(made.suites[0].json), plain = json::parse(made.suites[1].json);
  BOOST_TEST(chat->root()["prompt"].string_or("") == "Be \"short\".");
  BOOST_TEST(chat->root()["cases"][std::size_t{0}]["input"].string_or("") == "{{q}}?");
  BOOST_TEST(plain->root()["prompt"].string_or("") == "only {{q}}");
  BOOST_TEST(!plain->root()["cases"][std::size_t{0}]["input"].exists());
}

BOOST_AUTO_TEST_CASE(limits_models_to_the_prompts_that_are_theirs) {
  const Imported made = from_config(
      "prompts: [{raw: one, label: a}, {raw: two, label: b}]\n"
      "providers: [{id: openai:x, prompts: [a]}, {id: openai:y, label: why}]\n"
      "tests: [{vars: {q: 1}}, {vars: {q: 2}, providers: [why]}]\n");

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  std::string names;
  for (const ImportedSuite& suite : made.suites) {
    names += suite.name + " =";
    for (const std::string& model : suite.models) names += " " + model;
    names += "\n";
  }
  BOOST_TEST(
      names ==
      "promptfooconfig: a = openai/x openai/y\npromptfooconfig: a (2) = openai/y\npromptfooconfig: b = openai/y\n");
}

BOOST_AUTO_TEST_CASE(in_json_is_the_same) {
  const std::string json = R"({"prompts": ["{{q}}"], "providers": ["echo"],
  "tests": [{"vars": {"q": "caf\u00e9 \ud83d\ude00", "n": 4}, "assrt": []}]})";
  const Imported made = import(Format::promptfoo, "c.json", json, {});

  BOOST_TEST(told(made.errors) == "2:63 assrt: a test has no such key -> assert\n");
}

BOOST_AUTO_TEST_CASE(reads_values_in_files_through_its_caller) {
  const Options files =
      with_files({{"t.txt", "\n Paris \n"}, {"s.json", "{\"type\": \"object\"}"}, {"v.txt", "long text\n"}});
  const Imported made = from_config(base +
                                        "tests:\n  - vars: {city: file://v.txt}\n    assert: [{type: contains, value: "
                                        "file://t.txt}, {type: is-json, value: file://s.json}]\n",
                                    files);

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  BOOST_TEST(made.suites[0].json.find(R"("vars":{"city":"long text"})") != std::string::npos);
  BOOST_TEST(made.suites[0].json.find(
                 R"([{"type":"contains","value":"Paris"},{"type":"is-json","value":{"type":"object"}}])") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_read_by_the_suite_reader) {
  const Imported made =
      from_config(base +
                  "defaultTest: {options: {temperature: 0.1, stop: [x]}}\ntests:\n  - vars: {city: [Paris, Rome], n: "
                  "{deep: [1, null]}}\n"
                  "    metadata: {a: [1]}\n    threshold: 0.5\n    assert:\n      - {type: assert-set, threshold: 0.5, "
                  "weight: 2, metric: m, assert: [{type: contains, value: x, weight: 0}]}\n"
                  "      - {type: equals, value: null}\n      - {type: word-count, value: {min: 1}}\n      - {type: "
                  "latency, threshold: 100}\n      - {type: bleu, value: [a, b], threshold: 0.2, config: {k: 1}}\n");

  BOOST_REQUIRE_MESSAGE(made.ok(), told(made.errors));
  const auto suite = suite::read(made.suites[0].json);
  BOOST_REQUIRE_MESSAGE(suite.has_value(), suite.error().path + ": " + suite.error().message);
  BOOST_TEST(suite->cases.size() == 2U);
  BOOST_TEST(suite->cases[0].assertions.size() == 5U);
  BOOST_TEST((suite->dialect == AssertionDialect::promptfoo));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(import_fault)

BOOST_AUTO_TEST_CASE(tells_everything_at_once_with_its_place) {
  const std::string config =
      "prompts: [x]\nproviders: [echo]\ntset: []\ntests:\n"
      "  - vars: {q: 1}\n    assert:\n      - {type: contians, value: a}\n      - {type: contains, vlaue: a}\n"
      "      - {value: a}\n      - {type: cost, threshold: cheap}\n      - text\n  - varz: {q: 2}\n    threshold: "
      "high\n";

  BOOST_TEST(error_of(config) ==
             "3:1 tset: a configuration has no such key -> tests\n"
             "7:16 contians: no such assertion -> contains\n"
             "8:26 vlaue: an assertion has no such key -> value\n"
             "9:9 an assertion must have a type, as text\n"
             "10:33 threshold: must be a number\n"
             "11:9 an assertion must be a map with a type\n"
             "12:5 varz: a test has no such key -> vars\n"
             "13:16 threshold: must be a number\n");
}

BOOST_AUTO_TEST_CASE(shows_the_line) {
  const Imported made = from_config("prompts: [x]\nproviders: [echo]\ntset: []\n");

  BOOST_TEST(source::to_text(made.errors) ==
             "promptfooconfig.yaml:3:1: tset: a configuration has no such key; did you mean tests?\n"
             "     3 | tset\xE2\x80\xA6\n"
             "       | ^\n");
}

BOOST_AUTO_TEST_CASE(names_code_wherever_it_hides) {
  const Options files = with_files({});
  const std::map<std::string, std::string> hidden = {
      {"tests: [{vars: {q: 1}, options: {transform: output.trim()}}]", "transform: is code"},
      {"tests: [{vars: {q: 1}, options: {transformVars: x}}]", "transformVars: is code"},
      {"tests: [{vars: {q: 1}, assertScoringFunction: file://s.js}]", "assertScoringFunction: is code"},
      {"tests: [{vars: {q: file://x.py}}]", "file://x.py is a Python file"},
      {"tests: [{vars: {q: [file://x.mjs]}}]", "file://x.mjs is a JavaScript file"},
      {"tests: [{vars: {q: package:x:y}}]", "a package as a var"},
      {"tests: file://make.js", "make.js is a JavaScript file"},
      {"tests: [file://make.py:make]", "make.py:make is a Python file"},
      {"tests: [{path: file://make.py, config: {n: 3}}]", "tests made by a program"},
      {"tests: [{assert: [{type: javascript, value: file://x.js}]}]", "a JavaScript file as a value"},
      {"tests: [{assert: [{type: javascript, value: file://x.js:f}]}]", "a JavaScript file as a value"},
      {"tests: [{assert: [{type: contains, value: package:x}]}]", "a package as a value"},
      {"tests: [{assert: [{type: python, value: '1'}]}]", "python: is code"},
      {"tests: [{assert: [{type: not-ruby, value: '1'}]}]", "not-ruby: is code"},
      {"tests: [{assert: [{type: contains, value: a, transform: output}]}]", "transform: is code"},
      {"tests: [{assert: [{type: context-recall, value: a, contextTransform: x}]}]", "contextTransform: is code"},
      {"extensions: [file://hook.js:f]", "extensions: is code"},
      {"nunjucksFilters: {f: ./f.js}", "nunjucksFilters: is code"},
      {"defaultTest: file://d.js", "file://d.js is a JavaScript file"}};

  for (const auto& [line, message] : hidden) {
    const std::string errors = error_of("prompts: [x]\nproviders: [echo]\n" + line + "\n", files);
    BOOST_TEST(errors.find(message) != std::string::npos, line << "\n" << errors);
    BOOST_TEST(errors.find("3:") != std::string::npos, line << "\n" << errors);
  }
  for (const char* provider : {"file://p.js", "python:p.py", "exec:./p", "package:x:y", "golang:p.go", "p.mjs"}) {
    const std::string errors = error_of("prompts: [x]\nproviders: [\"" + std::string(provider) + "\"]\n");
    BOOST_TEST(errors.find("2:13 ") != std::string::npos, provider << errors);
    BOOST_TEST(errors.find("imports run no code") != std::string::npos, provider << errors);
  }
  for (const char* prompt : {"file://p.js", "p.py:make", "exec:./p", "file://p.sh"}) {
    const std::string errors = error_of("prompts: [\"" + std::string(prompt) + "\"]\nproviders: [echo]\n", files);
    BOOST_TEST(errors.find("imports run no code") != std::string::npos, prompt << errors);
  }
}

BOOST_AUTO_TEST_CASE(says_what_is_not_carried_over) {
  BOOST_TEST(warnings_of("prompts: [x]\nproviders: [{id: echo, delay: 3, config: {apiKey: k}}]\nsharing: "
                         "true\ncommandLineOptions: {verbose: true}\nenv: {A: b}\ntags: {}\n"
                         "tests: [{vars: {d: 2024-01-31}, options: {rubricPrompt: r}, providerOutput: o, assert: "
                         "[{type: llm-rubric, value: a, provider: p}]}]\n") ==
             "2:24 delay: not carried over\n"
             "2:43 config.apiKey: not carried over\n"
             "3:1 sharing: not carried over\n"
             "4:22 commandLineOptions.verbose: not carried over\n"
             "5:1 env: not carried over\n"
             "7:20 2024-01-31 is kept as text; promptfoo makes a moment in time of it. Quote it\n"
             "7:43 options.rubricPrompt: not carried over\n"
             "7:61 providerOutput: kept in metadata only; a model is asked all the same\n"
             "7:118 provider: not carried over; the suite's own judge is used\n");
}

BOOST_AUTO_TEST_CASE(refuses_what_another_machine_would_read_otherwise) {
  BOOST_TEST(
      error_of("prompts: [\"key {{ env.KEY }}\"]\nproviders: [echo]\ntests: [{vars: {q: \"{{env['X']}}\"}}]\n") ==
      "1:11 reads the environment ({{ env. }}); a suite means the same on every machine\n"
      "3:20 reads the environment ({{ env. }}); a suite means the same on every machine\n");
}

BOOST_AUTO_TEST_CASE(looks_for_the_environment_in_files_too) {
  const Options files =
      with_files({{"e.txt", "a {{env.A}}"}, {"e.csv", "q\n{{ env.A }}\n"}, {"e.yaml", "- vars: {q: '{{env.A}}'}\n"}});
  const std::string config =
      "prompts: [file://e.txt]\nproviders: [echo]\ntests:\n  - vars: {a: file://e.txt}\n  - assert: [{type: equals, "
      "value: file://e.txt}]\n"
      "  - e.csv\n  - e.yaml\n";

  BOOST_TEST(from_config(config, files).errors.size() == 5U);
}

BOOST_AUTO_TEST_CASE(refuses_files_that_lead_to_files) {
  const Options files = with_files({{"a.yaml", "[a.yaml, {vars: {q: 1}}]"}});

  BOOST_TEST(error_of(base + "tests: a.yaml\n", files) ==
             "1:2 a file of tests names another file; name it in the configuration\n");
}

BOOST_AUTO_TEST_CASE(refuses_files_without_a_reader_and_what_it_cannot_read) {
  BOOST_TEST(error_of("prompts: [file://p.txt]\nproviders: [echo]\n").find("p.txt: files are not read here") !=
             std::string::npos);
  const Options files = with_files(
      {{"bad.yaml", "a: [1\n"}, {"bad.csv", "a,b\n1\n"}, {"bad.jsonl", "{\"vars\": {}}\n{x\n"}, {"odd.md", "x"}});
  BOOST_TEST(error_of(base + "tests: none.csv\n", files) == "3:8 cannot read none.csv: no such file\n");
  BOOST_TEST(
      error_of(base + "tests: [bad.yaml, 'x*.yaml', https://x/y.csv]\n", files).find("3:19 x*.yaml is a pattern") !=
      std::string::npos);
  BOOST_TEST(error_of(base + "tests: bad.csv\n", files) == "2:1 CSV: a row of 1 cells; the header has 2\n");
  BOOST_TEST(error_of(base + "tests: bad.jsonl\n", files).starts_with("2:2 JSON: "));
  BOOST_TEST(error_of(base + "tests: odd.md\n", files).find("tests are read from .csv") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(refuses_conversations_that_are_no_question) {
  const auto error = [](const std::string& messages) {
    return error_of("prompts:\n  - '" + messages + "'\nproviders: [echo]\n");
  };
  BOOST_TEST(error(R"([{"role":"user","content":"a"},{"role":"assistant","content":"b"}])")
                 .find("2:5 prompt: messages of the role assistant") != std::string::npos);
  BOOST_TEST(error(R"([{"role":"user","content":"a"},{"role":"user","content":"b"}])").find("at most one system") !=
             std::string::npos);
  BOOST_TEST(error(R"([{"role":"system","content":"a"}])").find("must have a user message") != std::string::npos);
  BOOST_TEST(error(R"([{"role":"user","content":[{"type":"text"}]}])").find("a text as content") != std::string::npos);
  BOOST_TEST(error(R"([{"role":"user","content":{{q}}}])").find("only when they are rendered") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(refuses_names_that_mean_nothing) {
  BOOST_TEST(error_of(base + "tests: [{vars: {q: 1}, prompts: [none]}]\n") == "3:9 prompts: none is none of them\n");
  BOOST_TEST(error_of(base + "tests: [{$ref: '#/none'}, {$ref: other.yaml}]\n") ==
             "3:16 #/none points to nothing in this file\n"
             "3:34 other.yaml: references lead to places in the same file only (#/\xE2\x80\xA6)\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(import_limits)

BOOST_AUTO_TEST_CASE(name_the_count_of_a_matrix) {
  std::string list = "[a0";
  for (int i = 1; i < 100; ++i) list += ",a" + std::to_string(i);
  list += "]";
  const std::string million = base + "tests: [{vars: {a: " + list + ", b: " + list + ", c: " + list + "}}]\n";

  BOOST_TEST(error_of(million) ==
             "3:9 with this test there are 1000000 cases (its vars and repeats multiply to 1000000); an import makes "
             "at most 100000\n");
  std::string vast = base + "tests: [{options: {repeat: 1000000}, vars: {";
  for (int i = 0; i < 12; ++i) vast += "v" + std::to_string(i) + ": " + list + ", ";
  BOOST_TEST(error_of(vast + "}}]\n").find("more than 9e18 cases") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(count_all_tests_and_prompts_together) {
  Options options;
  options.limits.cases = 5;
  BOOST_TEST(
      from_config("prompts: [x, y]\nproviders: [echo]\ntests: [{vars: {a: 1}}, {vars: {a: 2}}]\n", options).ok());
  BOOST_TEST(
      told(from_config("prompts: [x, y]\nproviders: [echo]\ntests: [{vars: {a: 1}}, {vars: {a: 2}}, {vars: {a: 3}}]\n",
                       options)
               .errors) ==
      "3:41 with this test there are 6 cases (its vars and repeats multiply to 1); an import makes at most 5\n");
}

BOOST_AUTO_TEST_CASE(bound_the_bytes_that_are_written) {
  Options options;
  options.limits.suite_bytes = 10'000;
  const std::string config = base + "defaultTest: {vars: {long: " + std::string(1000, 'x') +
                             "}}\ntests: [{vars: {city: [a,b,c,d,e,f,g,h,i,j,k,l]}}]\n";

  BOOST_TEST(told(from_config(config, options).errors) == "4:9 with this test the suites hold more than 10000 bytes\n");
}

BOOST_AUTO_TEST_CASE(bound_references_that_multiply_or_go_round) {
  std::string bomb = base + "x-0: [a,a,a,a,a,a,a,a,a,a]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string reference = "{$ref: '#/x-" + std::to_string(i - 1) + "'}";
    bomb += "x-" + std::to_string(i) + ": [";
    for (int k = 0; k < 10; ++k) bomb += (k == 0 ? "" : ", ") + reference;
    bomb += "]\n";
  }
  BOOST_TEST(error_of(bomb).find("references make more than 200000 values") != std::string::npos);
  BOOST_TEST(error_of(base + "x-a: {$ref: '#/x-b'}\nx-b: {$ref: '#/x-a'}\n").find("references go round") !=
             std::string::npos);
  BOOST_TEST(error_of(base + "x-a: {b: {$ref: '#/x-a'}}\n").find("references go round") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keep_the_list_of_faults_short) {
  std::string config = base;
  for (int i = 0; i < 1000; ++i) config += "wrong" + std::to_string(i) + ": 1\n";

  const Imported made = from_config(config);

  BOOST_TEST(made.errors.size() == 201U);
  BOOST_TEST(made.errors.back().message == "800 more errors");
}

BOOST_AUTO_TEST_CASE(refuse_bytes_that_are_no_text) {
  BOOST_TEST(told(import(Format::csv, "f", "a\n\xFF\n", {}).errors) == "2:1 a byte that is not UTF-8 text\n");
  BOOST_TEST(told(import(Format::prpm, "f", std::string("[\0]", 3), {}).errors) ==
             "1:2 a byte that is not UTF-8 text\n");
}

BOOST_AUTO_TEST_SUITE_END()
