#include "config/key_makers.hpp"
#include "config/sections.hpp"

namespace assay::config {
namespace {

using Own = std::function<ModelSettings&(Settings&)>;

template <class Value>
Choices<std::string> words(const Value& all) {
  Choices<std::string> choices;
  for (const char* word : all) choices.emplace_back(word, word);
  return choices;
}

Key word_key(std::string path, At<std::string> at, std::initializer_list<const char*> all, std::string help) {
  return choice_key<std::string>(std::move(path), std::move(at), words(all), std::move(help));
}

void add_prices(Section& section, const Own& own) {
  const auto add = [&](const char* name, std::string ModelSettings::Prices::*member, const char* help) {
    section.add(
        text_key, name, [own, member](Settings& s) -> std::string& { return own(s).prices.*member; }, help);
  };
  add("input", &ModelSettings::Prices::input, "dollars for so many prompt tokens as unit says");
  add("cached_read", &ModelSettings::Prices::cached_read, "the same, of prompt tokens found in a cache");
  add("cache_write_5m", &ModelSettings::Prices::cache_write_5m, "the same, of prompt tokens written to a cache");
  add("cache_write_1h", &ModelSettings::Prices::cache_write_1h, "the same, kept for an hour");
  add("output", &ModelSettings::Prices::output, "the same, of answer tokens");
  add("reasoning", &ModelSettings::Prices::reasoning, "the same, of thoughts; as output unless set");
  add("source", &ModelSettings::Prices::source, "who says so");
}

void add_numbers(Section& section, const Own& own) {
  const auto add = [&](const char* name, std::int64_t ModelSettings::*member, const char* help) {
    section.add(
        count_key, name, [own, member](Settings& s) -> std::int64_t& { return own(s).*member; }, help);
  };
  add("context_tokens", &ModelSettings::context_tokens, "prompt and answer together");
  add("max_output_tokens", &ModelSettings::max_output_tokens, "the longest answer");
  add("requests_per_minute", &ModelSettings::requests_per_minute,
      "the vendor's limit, for people; calls are not paced");
  add("tokens_per_minute", &ModelSettings::tokens_per_minute, "the vendor's limit, for people; calls are not paced");
}

}  // namespace

void add_model_keys(std::vector<Key>& keys, const std::string& name, std::size_t index) {
  const Own own = [index](Settings& s) -> ModelSettings& { return s.models[index]; };
  const std::string prefix = "models." + name + ".";
  const std::size_t begin = keys.size();
  Section section(keys, prefix);
  section.add(
      text_key, "provider", [own](Settings& s) -> std::string& { return own(s).provider; }, "who serves it");
  section.add(
      text_key, "model", [own](Settings& s) -> std::string& { return own(s).model; },
      "as the provider names it; the name above unless set");
  keys.push_back(word_key(
      prefix + "mode", [own](Settings& s) -> std::string& { return own(s).mode; }, {"chat", "embedding"}, ""));
  keys.push_back(word_key(
      prefix + "unit", [own](Settings& s) -> std::string& { return own(s).prices.unit; },
      {"per_token", "per_thousand", "per_million"}, "what the prices are for; has no default"));
  add_prices(section, own);
  add_numbers(section, own);
  section.add(
      names_key, "task_types", [own](Settings& s) -> std::vector<std::string>& { return own(s).task_types; },
      "what it is used for");
  keys.push_back(word_key(
      prefix + "lifecycle", [own](Settings& s) -> std::string& { return own(s).lifecycle; },
      {"current", "deprecated", "retired"}, ""));
  for (std::size_t i = begin; i < keys.size(); ++i) keys[i].of_the_file = true;
}

void add_name_keys(std::vector<Key>& keys) {
  keys.push_back(map_key(
      "aliases", [](Settings& s) -> std::vector<std::pair<std::string, std::string>>& { return s.aliases; },
      "names that stand for models, before the program's own"));
  keys.push_back(lists_key(
      "fallbacks", [](Settings& s) -> Fallbacks& { return s.fallbacks; },
      "which models stand in for one, in this order"));
}

}  // namespace assay::config
