#include "imports/emitter.hpp"

#include <algorithm>
#include <optional>

#include "imports/expand.hpp"
#include "json/writer.hpp"
#include "yaml/to_json.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

std::string text_option(const Members& options, std::string_view key) {
  const auto found =
      std::find_if(options.begin(), options.end(), [&](const auto& member) { return member.key == key; });
  return found == options.end() ? "" : found->value.text;
}

/// A test's own affix; an empty one gives way to the defaults'.
std::string affix(const Test& test, const Test& defaults, std::string_view key) {
  const std::string own = text_option(test.options, key);
  return own.empty() ? text_option(defaults.options, key) : own;
}

template <class Named>
bool is_allowed(const Named& named, const std::optional<std::vector<std::string>>& references) {
  if (!references) return true;
  return std::any_of(references->begin(), references->end(), [&](const auto& name) { return named.is_meant_by(name); });
}

/// A name that means nothing is a slip: the test would silently not run.
template <class Named>
void check_names(const source::Place& place, const char* what,
                 const std::optional<std::vector<std::string>>& references, const std::vector<Named>& all,
                 Report& report) {
  if (!references || all.empty()) return;
  for (const std::string& name : *references) {
    const bool known = std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.is_meant_by(name); });
    if (!known) report.error(place, std::string(what) + ": " + name + " is none of them");
  }
}

std::string title_of(const Test& test, std::uint64_t test_number, std::uint64_t choice, std::uint64_t choices,
                     std::uint64_t repeat, std::uint64_t repeats) {
  std::string title = test.description ? *test.description : "test " + std::to_string(test_number);
  if (choices > 1) title += " [" + std::to_string(choice + 1) + "/" + std::to_string(choices) + "]";
  if (repeats > 1) title += " (repeat " + std::to_string(repeat + 1) + ")";
  return title;
}

void write_members(json::Writer& out, std::string_view key, const Members& members) {
  if (members.empty()) return;
  out.key(key).begin_object();
  for (const auto& member : members) out.key(member.key).raw(yaml::to_json(member.value));
  out.end_object();
}

}  // namespace

void Emitter::add(const Test& given) {
  ++tests_;
  if (full_) return;
  const Test test = with_defaults(matrix_.defaults, given);
  check_names(test.place, "prompts", test.prompts, matrix_.prompts, report_);
  check_names(test.place, "providers", test.providers, matrix_.providers, report_);
  const std::vector<std::size_t> into = suites_for(test);
  if (into.empty() && !report_.failed())
    report_.warning(test.place,
                    "this test is limited to prompts or providers that are not there; it is not carried over");
  if (!fits(test, into.size())) return;
  const std::uint64_t choices = count_choices(test), repeats = count_repeats(test, matrix_.usual_repeats);
  expand(test, matrix_.usual_repeats, [&](const Members& vars, std::uint64_t choice, std::uint64_t repeat) {
    const std::string title = title_of(test, tests_, choice, choices, repeat, repeats);
    return std::all_of(into.begin(), into.end(), [&](std::size_t at) { return write(suites_[at], title, vars, test); });
  });
}

bool Emitter::fits(const Test& test, std::uint64_t columns) {
  const std::uint64_t more = count_cases(test, matrix_.usual_repeats);
  const bool fits = columns == 0 || (more <= limits_.cases && more * columns + cases_ <= limits_.cases);
  if (fits) {
    cases_ += more * columns;
    return true;
  }
  full_ = true;
  const bool vast = more >= std::uint64_t{1} << 63;
  report_.error(test.place,
                "with this test there are " + (vast ? "more than 9e18" : std::to_string(more * columns + cases_)) +
                    " cases (its vars and repeats multiply to " + (vast ? "more than 9e18" : std::to_string(more)) +
                    "); an import makes at most " + std::to_string(limits_.cases));
  return false;
}

std::vector<std::size_t> Emitter::suites_for(const Test& test) {
  std::vector<std::size_t> found;
  for (std::size_t prompt = 0; prompt < matrix_.prompts.size(); ++prompt) {
    if (!is_allowed(matrix_.prompts[prompt], test.prompts)) continue;
    auto providers = providers_for(test, matrix_.prompts[prompt]);
    if (!matrix_.providers.empty() && providers.empty()) continue;
    found.push_back(suite_for(test, prompt, std::move(providers)));
  }
  return found;
}

std::vector<const Provider*> Emitter::providers_for(const Test& test, const Prompt& prompt) const {
  std::vector<const Provider*> found;
  for (const Provider& provider : matrix_.providers) {
    const bool takes = !provider.prompts || std::any_of(provider.prompts->begin(), provider.prompts->end(),
                                                        [&](const auto& name) { return prompt.is_meant_by(name); });
    if (takes && is_allowed(provider, test.providers)) found.push_back(&provider);
  }
  return found;
}

std::size_t Emitter::suite_for(const Test& test, std::size_t prompt, std::vector<const Provider*> providers) {
  Suite suite;
  suite.prompt = prompt;
  suite.affixed =
      affix(test, matrix_.defaults, "prefix") + matrix_.prompts[prompt].raw + affix(test, matrix_.defaults, "suffix");
  for (const Provider* provider : providers) suite.models.push_back(provider->model);
  if (test.provider) suite.models = {model_of(*test.provider)};
  suite.providers = std::move(providers);
  std::string key = suite.affixed;
  for (const std::string& model : suite.models) key += '\0' + model;
  const auto [place, fresh] = index_.try_emplace({prompt, std::move(key)}, suites_.size());
  if (fresh) {
    auto conversation = conversation_of(suite.affixed);
    if (!conversation)
      report_.error(test.place, "prompt: " + conversation.error());
    else
      suite.conversation = std::move(*conversation);
    suites_.push_back(std::move(suite));
  }
  return place->second;
}

bool Emitter::write(Suite& suite, const std::string& title, const Members& vars, const Test& test) {
  std::string text;
  json::Writer out(text);
  out.begin_object().field("title", title);
  if (suite.conversation.input) out.field("input", *suite.conversation.input);
  write_members(out, "vars", vars);
  write_members(out, "metadata", test.metadata);
  if (test.threshold) out.field("threshold", *test.threshold);
  out.key("assertions").begin_array();
  for (const Node& assertion : test.assertions) out.raw(yaml::to_json(assertion));
  out.end_array().end_object();
  bytes_ += text.size() + 1;
  if (bytes_ > limits_.suite_bytes) {
    report_.error(test.place,
                  "with this test the suites hold more than " + std::to_string(limits_.suite_bytes) + " bytes");
    full_ = true;
    return false;
  }
  if (!suite.cases.empty()) suite.cases += ',';
  suite.cases += text;
  ++suite.count;
  return true;
}

/// What all of a suite's providers agree on, the prompt's own settings over it, the default test's over both.
Members Emitter::sampling(const Suite& suite) {
  Members agreed;
  for (const Provider* provider : suite.providers) {
    for (const auto& member : provider->sampling) {
      const auto agrees = [&](const Provider* other) {
        const auto found = std::find_if(other->sampling.begin(), other->sampling.end(),
                                        [&](const auto& one) { return one.key == member.key; });
        return found != other->sampling.end() && yaml::to_json(found->value) == yaml::to_json(member.value);
      };
      if (std::all_of(suite.providers.begin(), suite.providers.end(), agrees))
        put(agreed, member);
      else
        report_.warning(member.place, member.key + ": the providers differ in it; not carried over", "", member.key);
    }
  }
  agreed = merged(std::move(agreed), read_sampling(matrix_.prompts[suite.prompt].config, report_));
  Members of_defaults;
  for (const auto& member : matrix_.defaults.options) {
    const bool affects = member.key == "temperature" || member.key == "max_tokens" || member.key == "top_p" ||
                         member.key == "seed" || member.key == "stop";
    if (affects) of_defaults.push_back(member);
  }
  return merged(std::move(agreed), read_sampling(of_defaults, report_));
}

std::string Emitter::json(const Suite& suite, const std::string& name) {
  std::string text;
  json::Writer out(text);
  out.begin_object().field("name", name).field("prompt", suite.conversation.prompt).field("dialect", "promptfoo");
  write_members(out, "defaults", sampling(suite));
  out.key("cases").raw("[" + suite.cases + "]").end_object();
  return text;
}

std::string Emitter::name_of(const Suite& suite, std::map<std::string, int>& used) const {
  const Prompt& prompt = matrix_.prompts[suite.prompt];
  std::string name = matrix_.name;
  if (matrix_.prompts.size() > 1)
    name += ": " + (prompt.labelled ? prompt.label : "prompt " + std::to_string(suite.prompt + 1));
  const int times = ++used[name];
  return times == 1 ? name : name + " (" + std::to_string(times) + ")";
}

std::vector<ImportedSuite> Emitter::suites() && {
  std::vector<ImportedSuite> made;
  std::map<std::string, int> used;
  std::stable_sort(suites_.begin(), suites_.end(), [](const Suite& a, const Suite& b) { return a.prompt < b.prompt; });
  for (const Suite& suite : suites_) {
    const std::string name = name_of(suite, used);
    made.push_back({name, json(suite, name), suite.models, suite.count});
  }
  return made;
}

}  // namespace assay::imports
