#include "imports/providers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "imports/code.hpp"
#include "yaml/scalar.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

const std::vector<std::string>& provider_keys() {
  static const std::vector<std::string> keys = {"id",        "label", "config", "prompts",
                                                "transform", "delay", "env",    "inputs"};
  return keys;
}

std::optional<std::string> script_of(std::string_view id) {
  if (const auto code = code_named_by(id)) return code;
  for (const std::string_view start : {"python:", "golang:", "ruby:", "javascript:"}) {
    if (id.starts_with(start)) return "a script";
  }
  return is_javascript_file(id) ? std::optional<std::string>("a JavaScript file") : std::nullopt;
}

class ProviderReader {
 public:
  explicit ProviderReader(Report& report) : report_(report) {}

  std::vector<Provider> read(const Node& node) {
    if (node.kind == Node::Kind::list) {
      for (const Node& item : node.items) one(item);
    } else if (yaml::as_text(node)) {
      one(node);
    } else {
      report_.error(node.place, "providers: must be a list of names, or of maps with an id");
    }
    return std::move(providers_);
  }

 private:
  void one(const Node& node) {
    Provider provider;
    provider.place = node.place;
    if (const auto id = yaml::as_text(node)) {
      provider.id = *id;
    } else if (node.kind == Node::Kind::map && node.find("id")) {
      fill(provider, node);
    } else if (node.kind == Node::Kind::map && node.members.size() == 1 &&
               node.members[0].value.kind == Node::Kind::map) {
      provider.id = node.members[0].key;
      fill(provider, node.members[0].value);
    } else {
      return report_.error(node.place, "a provider must be a name, or a map with an id");
    }
    if (const auto script = script_of(provider.id))
      return report_.error(provider.place, *script + " as a provider; imports run no code");
    provider.model = model_of(provider.id);
    if (provider.model == provider.id && provider.id.find(':') != std::string::npos)
      report_.warning(provider.place, provider.id + ": no such provider here; the model keeps this name");
    providers_.push_back(std::move(provider));
  }

  void fill(Provider& provider, const Node& node) {
    for (const auto& [key, place, value] : node.members) {
      const auto& keys = provider_keys();
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        report_.unknown_key(place, "a provider", key, keys);
      } else if (value.kind == Node::Kind::null) {
        continue;
      } else if (key == "id" || key == "label") {
        const auto text = yaml::as_text(value);
        if (text)
          (key == "id" ? provider.id : provider.label) = *text;
        else
          report_.error(value.place, key + ": must be text");
      } else if (key == "config") {
        if (value.kind == Node::Kind::map)
          provider.sampling = read_sampling(value.members, report_);
        else
          report_.error(value.place, "config: must be a map");
      } else if (key == "prompts") {
        provider.prompts = names(value);
      } else if (key == "transform") {
        report_.error(place, "transform: is code; imports take none", "", key);
      } else {
        report_.warning(place, key + ": not carried over", "", key);
      }
    }
  }

  std::vector<std::string> names(const Node& list) {
    std::vector<std::string> found;
    for (const Node& item : list.items) {
      if (const auto name = yaml::as_text(item)) found.emplace_back(*name);
    }
    if (list.kind != Node::Kind::list || found.size() != list.items.size())
      report_.error(list.place, "prompts: must be a list of labels");
    return found;
  }

  Report& report_;
  std::vector<Provider> providers_;
};

bool fits(std::string_view key, const Node& value) {
  if (key == "stop") {
    const auto text = [](const Node& item) { return yaml::as_text(item).has_value(); };
    return value.kind == Node::Kind::list && std::all_of(value.items.begin(), value.items.end(), text);
  }
  const auto number = yaml::as_number(value);
  if (!number || !std::isfinite(*number)) return false;
  return (key != "max_tokens" && key != "seed") || (*number == std::floor(*number) && std::abs(*number) < 9e15);
}

}  // namespace

bool Provider::is_meant_by(std::string_view reference) const {
  const auto meant = [&](const std::string& name) {
    if (name.empty()) return false;
    const bool wild = reference.ends_with('*') && name.starts_with(reference.substr(0, reference.size() - 1));
    return name == reference || wild || name.starts_with(std::string(reference) + ":");
  };
  return meant(label) || meant(id);
}

std::vector<Provider> read_providers(const Node& node, Report& report) {
  return ProviderReader(report).read(node);
}

std::string model_of(std::string_view id) {
  struct Rule {
    std::string_view start, here;
  };
  constexpr std::array<Rule, 9> rules = {{{"openai:chat:", "openai/"},
                                          {"openai:responses:", "openai/"},
                                          {"openai:completion:", "openai/"},
                                          {"openai:", "openai/"},
                                          {"anthropic:messages:", "anthropic/"},
                                          {"anthropic:", "anthropic/"},
                                          {"google:", "google/"},
                                          {"openrouter:", "openrouter/"},
                                          {"togetherai:", "together/"}}};
  for (const Rule& rule : rules) {
    if (id.starts_with(rule.start)) return std::string(rule.here).append(id.substr(rule.start.size()));
  }
  return std::string(id);
}

Members read_sampling(const Members& config, Report& report) {
  Members kept;
  for (const auto& member : config) {
    const std::string& key = member.key;
    const bool known = key == "temperature" || key == "max_tokens" || key == "top_p" || key == "seed" || key == "stop";
    if (!known) {
      report.warning(member.place, "config." + key + ": not carried over", "", key);
    } else if (fits(key, member.value)) {
      kept.push_back(member);
    } else if (member.value.kind != Node::Kind::null) {
      report.error(member.value.place, key + (key == "stop" ? ": must be a list of texts" : ": must be a number"));
    }
  }
  return kept;
}

}  // namespace assay::imports
