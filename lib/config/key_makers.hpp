#pragma once
#include <utility>

#include "config/keys.hpp"

namespace assay::config {

/// One maker per kind of value. `at` finds the member in Settings; bounds are inclusive.
template <class Member>
using At = std::function<Member&(Settings&)>;

Key integer_key(std::string path, At<std::int32_t> at, std::int32_t least, std::int32_t most, std::string help);
Key number_key(std::string path, At<double> at, double least, double most, std::string help);
/// 0 … 10^12, written without its unit: tokens, requests.
Key count_key(std::string path, At<std::int64_t> at, std::string help);
Key flag_key(std::string path, At<bool> at, std::string help);
Key duration_key(std::string path, At<Duration> at, Duration least, Duration most, std::string help);
Key size_key(std::string path, At<std::int64_t> at, std::int64_t least, std::int64_t most, std::string help);
Key text_key(std::string path, At<std::string> at, std::string help);
/// A JSON object in one line.
Key object_key(std::string path, At<std::string> at, std::string help);
Key secret_key(std::string path, At<Secret> at, std::string help);
Key url_key(std::string path, At<std::string> at, std::string help);
Key address_key(std::string path, At<ListenAddress> at, std::string help);
Key names_key(std::string path, At<std::vector<std::string>> at, std::string help);
Key headers_key(std::string path, At<std::vector<std::pair<std::string, Secret>>> at, std::string help);
/// A map of names to names.
Key map_key(std::string path, At<std::vector<std::pair<std::string, std::string>>> at, std::string help);
/// A map of names to lists of names, or to single names.
Key lists_key(std::string path, At<Fallbacks> at, std::string help);
/// A name in the database: letters, digits, underscores.
Key identifier_key(std::string path, At<std::string> at, std::string help);

template <class Choice>
using Choices = std::vector<std::pair<std::string, Choice>>;

/// "a", "a or b", "a, b or c".
std::string joined(const std::vector<std::string>& words);

template <class Choice>
Key choice_key(std::string path, At<Choice> at, Choices<Choice> choices, std::string help) {
  Key key;
  key.path = std::move(path);
  key.help = std::move(help);
  std::vector<std::string> names;
  for (const auto& choice : choices) names.push_back(choice.first);
  key.expected = joined(names);
  key.put = [at, choices](Settings& settings, const std::vector<Item>& items) -> Result<void, std::string> {
    for (const auto& [name, choice] : choices) {
      if (name != items.front().text) continue;
      at(settings) = choice;
      return {};
    }
    return failure(std::string());
  };
  key.show = [at, choices](const Settings& settings) {
    Settings copy = settings;
    for (const auto& [name, choice] : choices) {
      if (choice == at(copy)) return name;
    }
    return std::string();
  };
  return key;
}

}  // namespace assay::config
