// Draft-07 as its own test suite has it (package json-schema-test-suite): every required test, and the optional ones
// but those named here.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "schema/schema.hpp"
#include "tests/support/schema_patterns.hpp"

namespace assay {
namespace {

namespace fs = std::filesystem;
const fs::path root = "/usr/share/json-schema-test-suite";

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// What the suite expects to be served at http://localhost:1234.
std::map<std::string, std::string> remote_documents() {
  std::map<std::string, std::string> documents;
  for (const auto& entry : fs::recursive_directory_iterator(root / "remotes")) {
    if (!entry.is_regular_file()) continue;
    documents["http://localhost:1234/" + fs::relative(entry.path(), root / "remotes").string()] = read(entry.path());
  }
  return documents;
}

struct Tally {
  std::size_t tests = 0;
  std::set<std::string> failed;
};

/// Runs the groups of one file; a test's name is "file: group: test".
void run(const fs::path& file, const schema::Options& options, Tally& tally) {
  const std::string text = read(file);
  const auto groups = json::parse(text, json::Limits::foreign());
  BOOST_REQUIRE_MESSAGE(groups.has_value(), file);
  for (const json::View group : groups->root().elements()) {
    const std::string group_name = file.stem().string() + ": " + std::string(group["description"].string_or(""));
    const auto schema = schema::Schema::compile(group["schema"], options);
    if (!schema) BOOST_TEST_MESSAGE(group_name << " does not compile: " << to_string(schema.error()));
    for (const json::View test : group["tests"].elements()) {
      ++tally.tests;
      const std::string name = group_name + ": " + std::string(test["description"].string_or(""));
      const auto outcome = schema ? schema->validate(test["data"]) : schema::Outcome{};
      const bool fits = schema && outcome && outcome->valid == test["valid"].as_bool();
      if (!fits) tally.failed.insert(name);
    }
  }
}

Tally run_folder(const fs::path& folder) {
  schema::Options options;
  options.patterns = std::make_shared<test::SchemaPatterns>();
  options.documents = remote_documents();
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Tally tally;
  for (const fs::path& file : files) run(file, options, tally);
  return tally;
}

struct Installed {
  Installed() { BOOST_REQUIRE_MESSAGE(fs::is_directory(root / "tests/draft7"), "install json-schema-test-suite"); }
};

BOOST_FIXTURE_TEST_SUITE(draft07_suite, Installed)

BOOST_AUTO_TEST_CASE(passes_every_required_test) {
  const Tally tally = run_folder(root / "tests/draft7");

  for (const std::string& name : tally.failed) BOOST_ERROR(name);
  BOOST_TEST(tally.tests >= 423U);
}

BOOST_AUTO_TEST_CASE(passes_the_optional_tests_but_those_named) {
  // contentMediaType and contentEncoding are notes for people, as in Ajv and in the later drafts.
  const std::set<std::string> not_ours{
      "content: validation of binary string-encoding: an invalid base64 string (% is not a valid character)",
      "content: validation of binary-encoded media type documents: a validly-encoded invalid JSON document",
      "content: validation of binary-encoded media type documents: an invalid base64 string that is valid JSON",
      "content: validation of string-encoded content based on media type: an invalid JSON document"};

  const Tally tally = run_folder(root / "tests/draft7/optional");

  BOOST_TEST(tally.tests >= 20U);
  for (const std::string& name : tally.failed) BOOST_TEST(not_ours.contains(name), name);
  for (const std::string& name : not_ours) BOOST_TEST(tally.failed.contains(name), name << " passes by now");
}

BOOST_AUTO_TEST_CASE(passes_the_format_tests_but_those_named) {
  // idn-hostname is a format that nobody here knows: the first three. The last: a host in a URI is read as ajv-formats
  // reads it, where what is no authority passes for a path.
  const std::set<std::string> not_ours{
      "idn-hostname: validation of internationalized host names: a host name with a component too long",
      "idn-hostname: validation of internationalized host names: contains illegal char U+302E Hangul single dot tone "
      "mark",
      "idn-hostname: validation of internationalized host names: illegal first char U+302E Hangul single dot tone mark",
      "iri: validation of IRIs: an invalid IRI based on IPv6"};

  const Tally tally = run_folder(root / "tests/draft7/optional/format");

  BOOST_TEST(tally.tests >= 100U);
  for (const std::string& name : tally.failed) BOOST_TEST(not_ours.contains(name), name);
  for (const std::string& name : not_ours) BOOST_TEST(tally.failed.contains(name), name << " passes by now");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay
