// The tables of docs/configuration.md and docs/providers.md against what the program reads.
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "config/keys.hpp"

using namespace assay::config;

namespace {

using Row = std::vector<std::string>;

std::string trimmed(std::string text) {
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// "| a | b |" as its cells; no "|" stands inside one.
Row cells_of(const std::string& line) {
  Row cells;
  for (std::size_t start = 1, end; (end = line.find('|', start)) != std::string::npos; start = end + 1)
    cells.push_back(trimmed(line.substr(start, end - start)));
  return cells;
}

/// Every row of the tables that have this heading.
std::vector<Row> rows_under(const std::string& document, const std::string& heading) {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR "/docs/") + document);
  BOOST_REQUIRE_MESSAGE(file.good(), document);
  std::vector<Row> rows;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with('|')) inside = false;
    if (inside && !line.starts_with("|---")) rows.push_back(cells_of(line));
    inside = inside || line == heading;
  }
  return rows;
}

std::string code(const std::string& text) {
  return "`" + text + "`";
}

/// What a key takes, in the few words of the table.
std::string taken(const Key& key) {
  constexpr std::array<std::array<std::string_view, 2>, 4> beginnings{{{"a duration from ", "duration, "},
                                                                       {"a size from ", "size, "},
                                                                       {"a whole number from ", "whole number, "},
                                                                       {"a number from ", "number, "}}};
  static const std::map<std::string, std::string, std::less<>> short_words{
      {"text without line breaks, at most 1024 bytes", "text"},
      {"text without line breaks", "secret"},
      {"a URL such as https://api.example.com/v1", "URL"},
      {"one or more names without spaces, each once", "names"},
      {"an address and a port, such as 127.0.0.1:9464", "address:port"},
      {"header names with their values", "map"},
      {"names without spaces, each with the name it stands for", "map"},
      {"names without spaces, each with a list of names", "map of lists"},
      {"a name of lower-case letters, digits and underscores, at most 40", "identifier"},
      {"lower-case letters, digits and -, such as us-east-1", "region"}};
  const std::string words = key.expected.substr(0, key.expected.find(" with its unit"));
  for (const auto& [from, to] : beginnings) {
    if (words.starts_with(from)) return std::string(to) + words.substr(from.size());
  }
  const auto found = short_words.find(words);
  return found == short_words.end() ? words : found->second;
}

std::string default_of(const Key& key, const Settings& settings) {
  const std::string shown = key.show(settings);
  if (shown.empty() || shown == "(none)") return "–";
  return shown.ends_with(' ') ? code(trimmed(shown)) + " and a space" : code(shown);
}

/// One provider and one model stand for all.
Settings one_of_each() {
  Settings settings;
  settings.providers.emplace_back().name = "NAME";
  settings.models.emplace_back().name = "NAME";
  return settings;
}

std::string list_of_codes(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + code(name);
  return text;
}

std::vector<std::string> key_variables(const ProviderSettings& provider) {
  Settings settings;
  settings.providers.push_back(provider);
  for (const Key& key : all_keys(settings)) {
    if (key.path == "providers." + provider.name + ".api_key") return key.shared_names;
  }
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reference)

BOOST_AUTO_TEST_CASE(names_every_key_with_what_it_takes_and_its_default_and_no_other_key) {
  const Settings settings = one_of_each();
  std::set<Row> told, read;

  for (const Row& row : rows_under("configuration.md", "| key | takes | default | meaning |")) {
    BOOST_REQUIRE_EQUAL(row.size(), 4U);
    BOOST_TEST(!row[3].empty(), row[0] << " has no meaning");
    BOOST_TEST(told.insert({row[0], row[1], row[2]}).second, row[0] << " stands there twice");
  }
  for (const Key& key : all_keys(settings)) read.insert({code(key.path), taken(key), default_of(key, settings)});

  std::vector<Row> missing, surplus;
  std::set_difference(read.begin(), read.end(), told.begin(), told.end(), std::back_inserter(missing));
  std::set_difference(told.begin(), told.end(), read.begin(), read.end(), std::back_inserter(surplus));
  for (const Row& row : missing) BOOST_TEST(false, "missing: | " << row[0] << " | " << row[1] << " | " << row[2]);
  for (const Row& row : surplus) BOOST_TEST(false, "surplus: | " << row[0] << " | " << row[1] << " | " << row[2]);
}

BOOST_AUTO_TEST_CASE(names_every_provider_with_its_address_and_the_variables_of_its_key) {
  std::map<std::string, Row> told;

  for (const Row& row : rows_under("providers.md", "| name | base URL | key's variable | dialect |")) {
    BOOST_REQUIRE_EQUAL(row.size(), 4U);
    told[row[0]] = row;
  }

  const std::vector<ProviderSettings> all = built_in_providers();
  BOOST_TEST(told.size() == all.size());
  for (const ProviderSettings& provider : all) {
    const Row expected{code(provider.name), provider.base_url.empty() ? "–" : code(provider.base_url),
                       list_of_codes(key_variables(provider)),
                       std::string(assay::providers::to_string(provider.dialect))};
    BOOST_TEST(told[code(provider.name)] == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_SUITE_END()
