// What promptfoo itself made of the same texts (tests/data/imports, recorded by scripts/dev/import-corpus.mjs).
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>

#include "imports/csv.hpp"
#include "imports/expected.hpp"
#include "imports/import.hpp"
#include "imports/prompts.hpp"
#include "json/document.hpp"
#include "text/javascript_text.hpp"
#include "yaml/to_json.hpp"

using namespace assay;
using namespace assay::imports;

namespace {

std::vector<json::Document> rows_of(const std::string& name) {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/data/imports/" + name);
  std::vector<json::Document> rows;
  for (std::string line; std::getline(file, line);) rows.push_back(std::move(*json::parse(line)));
  return rows;
}

bool same(json::View a, json::View b);

bool same_members(json::View a, json::View b) {
  if (a.size() != b.size()) return false;
  for (const auto& [key, value] : a.members()) {
    if (!same(value, b[key])) return false;
  }
  return true;
}

/// Equal values; the order of keys does not count, 1 and 1.0 are one number.
bool same(json::View a, json::View b) {
  if (a.kind() != b.kind()) return false;
  if (a.is_object()) return same_members(a, b);
  if (a.is_array()) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!same(a.at(i), b.at(i))) return false;
    }
    return true;
  }
  if (a.is_number()) return a.as_double() == b.as_double();
  return a.dump() == b.dump();
}

bool same(const std::string& a, const std::string& b) {
  const auto left = json::parse(a), right = json::parse(b);
  return left && right && same(left->root(), right->root());
}

std::string text_of(json::View row, std::string_view key) {
  return std::string(row[key].string_or(""));
}

std::string told(const std::vector<source::Fault>& faults) {
  return source::to_text(faults);
}

/// Absent and empty are one for a case's maps and lists.
bool same_or_empty(json::View ours, json::View theirs) {
  const bool nothing = !ours.exists() || ours.size() == 0;
  return nothing ? !theirs.exists() || theirs.is_null() || theirs.size() == 0 : same(ours, theirs);
}

void check_case(json::View ours, json::View theirs, const std::string& question) {
  const std::string both = question + "\nours:   " + ours.dump() + "\ntheirs: " + theirs.dump();
  BOOST_TEST(same_or_empty(ours["vars"], theirs["vars"]), both);
  std::string asserted = theirs["assert"].exists() ? theirs["assert"].dump() : "[]";
  const std::string no_name = ",\"metric\":\"\"";  // an empty name is none
  for (std::size_t at; (at = asserted.find(no_name)) != asserted.npos;) asserted.erase(at, no_name.size());
  BOOST_TEST(same(ours["assertions"].dump(), asserted), both);
  BOOST_TEST(same_or_empty(ours["metadata"], theirs["metadata"]), both);
  BOOST_TEST((ours["threshold"].as_double() == theirs["threshold"].as_double()), both);
  const std::string_view title = ours["title"].string_or(""), wanted = theirs["description"].string_or("");
  BOOST_TEST(title.starts_with(wanted), both);
}

Options options_with(const std::map<std::string, std::string>& files) {
  Options options;
  options.read_file = [files](const std::string& path) -> Result<std::string, std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return failure(std::string("no such file"));
    return found->second;
  };
  return options;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(recorded_answers)

BOOST_AUTO_TEST_CASE(cells_become_the_same_assertions) {
  const auto rows = rows_of("expected.jsonl");
  BOOST_REQUIRE(rows.size() > 200U);

  for (const auto& row : rows) {
    const std::string text = text_of(row.root(), "text");
    const auto made = assertion_from_text(text, {});
    const bool error = row["error"].as_bool() == true;
    BOOST_TEST(made.has_value() != error, text);
    if (made && !error)
      BOOST_TEST(same(yaml::to_json(*made), std::string(row["assertion"].raw())), text << " " << yaml::to_json(*made));
  }
}

BOOST_AUTO_TEST_CASE(tables_have_the_same_cells) {
  const auto rows = rows_of("csv.jsonl");
  BOOST_REQUIRE(rows.size() > 50U);

  for (const auto& row : rows) {
    const std::string csv = text_of(row.root(), "csv");
    const auto table = read_csv("f", csv, 1000);
    const bool error = row["error"].as_bool() == true;
    BOOST_TEST(table.has_value() != error, row["csv"].dump());
    if (!table || error) continue;
    BOOST_TEST(table->rows.size() == row["rows"].size(), row["csv"].dump());
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
      std::map<std::string, std::string> ours, theirs;
      for (std::size_t k = 0; k < table->header.size(); ++k) ours[table->header[k].text] = table->rows[i][k].text;
      for (const auto& [key, value] : row["rows"].at(i).members()) theirs[std::string(key)] = value.string_or("");
      BOOST_TEST((ours == theirs), row["csv"].dump());
    }
  }
}

BOOST_AUTO_TEST_CASE(tables_become_the_same_tests) {
  const auto rows = rows_of("csv_tests.jsonl");
  BOOST_REQUIRE(rows.size() > 20U);

  for (const auto& row : rows) {
    const std::string csv = text_of(row.root(), "csv");
    Options options;
    options.prompt = "{{q}}";
    const Imported made = import(Format::csv, "tests.csv", csv, options);
    const bool error = row["error"].as_bool() == true;
    BOOST_TEST(made.ok() != error, csv << told(made.errors));
    if (!made.ok() || error) continue;
    const auto suite = json::parse(made.suites.at(0).json);
    BOOST_REQUIRE((suite.has_value() && suite->root()["cases"].size() == row["tests"].size()));
    for (std::size_t i = 0; i < row["tests"].size(); ++i)
      check_case(suite->root()["cases"].at(i), row["tests"].at(i), csv);
  }
}

BOOST_AUTO_TEST_CASE(yaml_has_the_same_values) {
  const auto rows = rows_of("yaml.jsonl");
  BOOST_REQUIRE(rows.size() > 130U);

  for (const auto& row : rows) {
    const std::string yaml = text_of(row.root(), "yaml");
    const auto made = yaml::to_json(yaml);
    const bool error = row["error"].as_bool() == true || yaml.find("!!set") != yaml.npos;  // we refuse it by name
    const std::string ours = made ? *made : made.error();
    BOOST_TEST(made.has_value() != error, row["yaml"].dump() << " " << ours << " " << text_of(row.root(), "json"));
    if (made && !error)
      BOOST_TEST(same(*made, text_of(row.root(), "json")), row["yaml"].dump()
                                                               << " " << ours << " " << text_of(row.root(), "json"));
  }
}

BOOST_AUTO_TEST_CASE(configurations_become_the_same_cases) {
  const auto rows = rows_of("configs.jsonl");
  BOOST_REQUIRE(rows.size() > 50U);
  std::map<std::string, std::string> files;
  for (const auto& [name, text] : rows[0]["files"].members()) files[std::string(name)] = text.string_or("");
  const Options options = options_with(files);

  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::string config = text_of(rows[i].root(), "config");
    const Imported made = import(Format::promptfoo, "promptfooconfig.yaml", config, options);
    const bool error = rows[i]["error"].as_bool() == true;
    BOOST_TEST(made.ok() != error, config << told(made.errors));
    if (!made.ok() || error) continue;
    std::map<std::pair<std::int64_t, std::string>, std::vector<json::View>> theirs;
    for (const json::View one : rows[i]["cases"].elements())
      theirs[{*one["column"].as_int64(), text_of(one, "prompt")}].push_back(one);
    BOOST_TEST(made.suites.size() == theirs.size(), config);
    for (const auto& [key, wanted] : theirs) {
      const auto conversation = conversation_of(key.second);
      BOOST_REQUIRE(conversation.has_value());
      bool found = false;
      for (const ImportedSuite& one : made.suites) {
        const auto suite = json::parse(one.json);
        BOOST_REQUIRE(suite.has_value());
        if (text_of(suite->root(), "prompt") != conversation->prompt) continue;
        found = true;
        const json::View cases = suite->root()["cases"];
        BOOST_TEST(cases.size() == wanted.size(), config);
        for (std::size_t k = 0; k < std::min(cases.size(), wanted.size()); ++k)
          check_case(cases.at(k), wanted[k], config);
      }
      BOOST_TEST(found, config);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
