#include "catalogue/litellm_file.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "pricing/price_book.hpp"
#include "pricing/unit.hpp"
#include "routing/provider_names.hpp"
#include "routing/router.hpp"
#include "source/nearest.hpp"
#include "yaml/scalar.hpp"
#include "yaml/tree.hpp"

namespace assay::catalogue {
namespace {

using source::Fault;
using yaml::Node;

const std::vector<std::string>& known_prefixes() {
  static const std::vector<std::string> all = [] {
    const auto& elsewhere = routing::proxy_only_providers();
    std::vector<std::string> names(elsewhere.begin(), elsewhere.end());
    for (const char* name : {"anthropic", "azure", "azure_ai", "bedrock", "cerebras", "deepseek", "fireworks_ai",
                             "gemini", "groq", "hosted_vllm", "huggingface", "mistral", "ollama", "ollama_chat",
                             "openai", "openrouter", "together_ai", "xai"})
      names.emplace_back(name);
    return names;
  }();
  return all;
}

std::string text_of(const Node* node) {
  return node != nullptr && node->kind == Node::Kind::scalar ? node->text : "";
}

/// References as they are, anything else by its fingerprint.
std::string shown_key(const std::string& written) {
  if (written.empty() || written.starts_with("os.environ/")) return written;
  return "(secret, fingerprint " + Secret(written).fingerprint() + ")";
}

std::string shown_url(const std::string& written) {
  return written.find('@') == std::string::npos ? written : "(hidden)";
}

class Reader {
 public:
  Reader(const std::string& source, std::string_view text)
      : lines_(text), tree_(yaml::read(source, text, yaml::Limits::foreign())) {}

  LitellmFile take() && {
    file_.errors = std::move(tree_.faults);
    const Node* list = tree_.root.find("model_list");
    if (list != nullptr && list->kind == Node::Kind::list) {
      for (const Node& entry : list->items) read_entry(entry);
    } else if (file_.errors.empty()) {
      complain(tree_.root.place, "expected a model_list: this is not a LiteLLM configuration", "");
    }
    for (const char* section : {"litellm_settings", "router_settings"}) read_fallbacks(section);
    read_master_key();
    return std::move(file_);
  }

 private:
  void complain(const source::Place& place, std::string message, std::string_view shown, std::string suggestion = "") {
    file_.errors.push_back(made(place, std::move(message), shown));
    file_.errors.back().suggestion = std::move(suggestion);
  }

  void warn(const source::Place& place, std::string message, std::string_view shown) {
    file_.warnings.push_back(made(place, std::move(message), shown));
    file_.warnings.back().severity = Fault::Severity::warning;
  }

  Fault made(const source::Place& place, std::string message, std::string_view shown) const {
    Fault fault;
    fault.place = place;
    fault.message = std::move(message);
    quote_line(fault, lines_, shown);
    return fault;
  }

  void read_entry(const Node& entry) {
    LitellmModel model;
    const Node* params = entry.find("litellm_params");
    const Node* served = params == nullptr ? nullptr : params->find("model");
    model.name = text_of(entry.find("model_name"));
    model.place = entry.place;
    if (model.name.empty() || text_of(served).empty())
      return complain(entry.place, "expected a model_name, and litellm_params with a model", "");
    model.place = served->place;
    if (!split_model(*served, text_of(params->find("custom_llm_provider")), model)) return;
    read_address(*params, model);
    read_numbers(entry, *params, model);
    file_.models.push_back(std::move(model));
  }

  /// The provider by the prefix; by the rules for names where there is none.
  bool split_model(const Node& served, const std::string& stated, LitellmModel& model) {
    const std::size_t slash = served.text.find('/');
    const std::string prefix = !stated.empty()              ? stated
                               : slash == std::string::npos ? ""
                                                            : served.text.substr(0, slash);
    const bool has_prefix = slash != std::string::npos && served.text.compare(0, slash, prefix) == 0;
    model.model = has_prefix ? served.text.substr(slash + 1) : served.text;
    if (prefix.empty()) return by_rule(served, model);
    if (const auto known = routing::litellm_provider(prefix)) {
      model.provider = *known;
      return true;
    }
    model.provider = prefix;
    const auto& elsewhere = routing::proxy_only_providers();
    model.only_through_proxy = std::find(elsewhere.begin(), elsewhere.end(), prefix) != elsewhere.end();
    if (!model.only_through_proxy) {
      complain(served.place, model.name + ": no provider has the prefix " + prefix + "/", served.text,
               source::nearest(prefix, known_prefixes()));
      return false;
    }
    warn(served.place, model.name + ": " + prefix + " is reached through a proxy only", served.text);
    return true;
  }

  bool by_rule(const Node& served, LitellmModel& model) {
    for (const routing::PrefixRule& rule : routing::default_rules()) {
      if (!model.model.starts_with(rule.prefix)) continue;
      model.provider = rule.vendor;
      return true;
    }
    if (model.model == "*") {
      model.provider = "*";
      return true;
    }
    complain(served.place, model.name + ": expected provider/model, such as together_ai/" + served.text, served.text);
    return false;
  }

  void read_address(const Node& params, LitellmModel& model) {
    const Node* key = params.find("api_key");
    model.key = shown_key(text_of(key));
    if (model.key.starts_with('('))
      warn(key->place, model.name + ": a key written out; os.environ/NAME would keep it out of the file", "");
    model.base_url = shown_url(text_of(params.find("api_base")));
    if (model.base_url.empty()) model.base_url = shown_url(text_of(params.find("base_url")));
    model.api_version = text_of(params.find("api_version"));
  }

  static std::optional<std::int64_t> count_of(const Node* node) {
    const auto number = node == nullptr ? std::nullopt : yaml::as_number(*node);
    return number && *number >= 0 && *number < 1e15 ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
  }

  void read_numbers(const Node& entry, const Node& params, LitellmModel& model) {
    model.requests_per_minute = count_of(params.find("rpm"));
    model.tokens_per_minute = count_of(params.find("tpm"));
    const Node* info = entry.find("model_info");
    const auto price = [&](const char* name) {
      const Node* found = params.find(name);
      return found == nullptr && info != nullptr ? info->find(name) : found;
    };
    const Node* input = price("input_cost_per_token");
    const Node* output = price("output_cost_per_token");
    if (input == nullptr || output == nullptr) return;
    pricing::Rates rates;
    rates.input = pricing::parse_rate(text_of(input), pricing::Unit::per_token);
    rates.output = pricing::parse_rate(text_of(output), pricing::Unit::per_token);
    if (!rates.input || !rates.output)
      return complain(input->place, model.name + ": a cost per token is a number that is not negative", input->text);
    model.rates = rates;
    const auto known = book_.find(model.provider, model.model, Day{1'000'000});
    const auto strange = known ? pricing::unit_warning(rates, *known) : std::nullopt;
    if (strange) warn(input->place, model.name + ": " + *strange, input->text);
  }

  void read_fallbacks(const char* section) {
    const Node* settings = tree_.root.find(section);
    const Node* list = settings == nullptr ? nullptr : settings->find("fallbacks");
    if (list == nullptr) return;
    for (const Node& entry : list->items) {
      for (const Node::Member& member : entry.members) {
        std::vector<std::string> others;
        for (const Node& other : member.value.items) others.push_back(text_of(&other));
        file_.fallbacks.emplace_back(member.key, std::move(others));
      }
    }
  }

  void read_master_key() {
    for (const char* section : {"general_settings", "litellm_settings"}) {
      const Node* settings = tree_.root.find(section);
      if (settings != nullptr && file_.master_key.empty())
        file_.master_key = shown_key(text_of(settings->find("master_key")));
    }
  }

  source::Lines lines_;
  yaml::Tree tree_;
  pricing::PriceBook book_ = pricing::product_price_book();
  LitellmFile file_;
};

std::string per_million(std::int64_t rate) {
  return to_dollars(Money::nanos(rate));
}

}  // namespace

LitellmFile read_litellm(const std::string& source, std::string_view yaml) {
  return Reader(source, yaml).take();
}

bool is_litellm(std::string_view yaml) {
  return yaml.starts_with("model_list:") || yaml.find("\nmodel_list:") != std::string_view::npos;
}

std::string to_text(const LitellmFile& file) {
  std::string text;
  const auto row = [&text](const std::string& name, const char* field, const std::string& value) {
    if (!value.empty()) text += name + "." + field + " = " + value + "\n";
  };
  for (const LitellmModel& model : file.models) {
    row(model.name, "provider", model.provider + (model.only_through_proxy ? " (through a proxy)" : ""));
    row(model.name, "model", model.model);
    row(model.name, "api_key", model.key);
    row(model.name, "base_url", model.base_url);
    row(model.name, "api_version", model.api_version);
    if (model.requests_per_minute) row(model.name, "requests_per_minute", std::to_string(*model.requests_per_minute));
    if (model.tokens_per_minute) row(model.name, "tokens_per_minute", std::to_string(*model.tokens_per_minute));
    if (model.rates)
      row(model.name, "dollars_per_million",
          per_million(*model.rates->input) + " in, " + per_million(*model.rates->output) + " out");
  }
  for (const auto& [name, others] : file.fallbacks) {
    std::string list;
    for (const std::string& other : others) list += (list.empty() ? "" : ", ") + other;
    row("fallbacks", name.c_str(), list);
  }
  if (!file.master_key.empty()) text += "master_key = " + file.master_key + "\n";
  return text;
}

}  // namespace assay::catalogue
