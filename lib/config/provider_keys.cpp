#include <algorithm>
#include <map>

#include "config/key_makers.hpp"
#include "config/sections.hpp"
#include "providers/profile.hpp"
#include "routing/provider_names.hpp"

namespace assay::config {
namespace {

using Own = std::function<ProviderSettings&(Settings&)>;
using Names = std::vector<std::string>;

/// OPENAI for openai: the beginning of the names that vendors' own tools read.
std::string vendor_prefix(std::string_view provider) {
  return environment_name(provider).substr(std::string_view("ASSAY_").size());
}

/// Where several tools have several names: the one to tell people about comes first.
Names shared_key_names(const std::string& provider) {
  static const std::map<std::string, Names, std::less<>> before = {{"bedrock", {"AWS_BEARER_TOKEN_BEDROCK"}},
                                                                   {"gemini", {"GOOGLE_API_KEY", "GOOGLE_KEY"}},
                                                                   {"huggingface", {"HF_TOKEN"}}};
  static const std::map<std::string, Names, std::less<>> after = {{"azure", {"AZURE_OPENAI_API_KEY"}},
                                                                  {"together", {"TOGETHERAI_API_KEY"}}};
  Names names;
  const auto take = [&](const auto& from) {
    if (const auto found = from.find(provider); found != from.end())
      names.insert(names.end(), found->second.begin(), found->second.end());
  };
  take(before);
  const std::string prefix = vendor_prefix(provider);
  names.push_back(prefix + "_API_KEY");
  names.push_back(prefix + "_KEY");
  take(after);
  return names;
}

/// OLLAMA_HOST is an address to listen on: "0.0.0.0", "host", "host:port", or a URL.
std::string url_of_host(const std::string& written) {
  if (written.find("://") != std::string::npos) return written;
  std::string host = written.starts_with(':') ? "127.0.0.1" + written : written;
  if (host.starts_with("0.0.0.0")) host = "127.0.0.1" + host.substr(7);
  if (host.find(':') == std::string::npos) host += ":11434";
  return "http://" + host;
}

/// What other tools have for a provider besides its key.
void add_shared_names(const std::string& provider, const std::string& field, Key& key) {
  static const std::map<std::string, Names, std::less<>> shared = {
      {"azure.base_url", {"AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT"}},
      {"azure.api_version", {"AZURE_API_VERSION"}},
      {"bedrock.region", {"AWS_REGION"}},
      {"bedrock.key_id", {"AWS_ACCESS_KEY_ID"}},
      {"bedrock.secret_key", {"AWS_SECRET_ACCESS_KEY"}},
      {"bedrock.session_token", {"AWS_SESSION_TOKEN"}},
      {"ollama.base_url", {"OLLAMA_HOST"}},
  };
  const auto found = shared.find(provider + "." + field);
  if (found == shared.end()) return;
  key.shared_names = found->second;
  if (provider == "ollama") key.from_shared = url_of_host;
}

/// Whatever the vendor's profile says holds until the file says otherwise.
Key vendor_key(const std::string& path, const Own& own) {
  Key key = text_key(
      path, [own](Settings& s) -> std::string& { return own(s).vendor; },
      "whose price list counts; a known vendor of OpenAI's format also gives base_url and profile");
  key.expands = false;
  key.first = true;
  const auto put = key.put;
  key.put = [own, put](Settings& settings, const std::vector<Item>& items) {
    auto done = put(settings, items);
    if (done) apply_vendor(own(settings));
    return done;
  };
  return key;
}

Key dialect_key(const std::string& path, const Own& own) {
  Choices<Dialect> choices;
  for (const Dialect kind : providers::every_dialect)
    choices.emplace_back(std::string(providers::to_string(kind)), kind);
  return choice_key<Dialect>(
      path, [own](Settings& s) -> Dialect& { return own(s).dialect; }, std::move(choices), "the wire format it speaks");
}

void add_key_ways(Section& section, const std::string& name, const Own& own) {
  section
      .add(
          secret_key, "api_key", [own](Settings& s) -> Secret& { return own(s).api_key; }, "")
      .shared_names = shared_key_names(name);
  section
      .add(
          text_key, "api_key_env", [own](Settings& s) -> std::string& { return own(s).api_key_env; },
          "the environment variable that holds the key")
      .hides = true;
  section
      .add(
          text_key, "api_key_file", [own](Settings& s) -> std::string& { return own(s).api_key_file; },
          "the file that holds the key")
      .hides = true;
}

/// Becomes a part of a host's name: nothing in it may end one.
Key region_key(std::string path, const Own& own) {
  Key key = text_key(
      std::move(path), [own](Settings& s) -> std::string& { return own(s).region; }, "bedrock: such as us-east-1");
  key.expected = "lower-case letters, digits and -, such as us-east-1";
  const auto put = key.put;
  key.put = [put](Settings& settings, const std::vector<Item>& items) -> Result<void, std::string> {
    const std::string& text = items.front().text;
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    const bool good = !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), fits);
    return good ? put(settings, items) : failure(std::string());
  };
  return key;
}

/// What only some dialects need.
void add_place(Section& section, std::vector<Key>& keys, const std::string& prefix, const Own& own) {
  section.add(
      text_key, "api_version", [own](Settings& s) -> std::string& { return own(s).api_version; },
      "anthropic: 2023-06-01 or 2026-10-21; azure: its date, or none for the v1 surface; gemini: v1beta or v1");
  keys.push_back(region_key(prefix + "region", own));
  section.add(
      text_key, "key_id", [own](Settings& s) -> std::string& { return own(s).key_id; },
      "bedrock: the AWS access key id; requests are then signed with secret_key");
  section.add(
      secret_key, "secret_key", [own](Settings& s) -> Secret& { return own(s).secret_key; },
      "bedrock: the AWS secret access key");
  section.add(
      secret_key, "session_token", [own](Settings& s) -> Secret& { return own(s).session_token; },
      "bedrock: of temporary AWS credentials");
  section.add(
      count_key, "context_tokens", [own](Settings& s) -> std::int64_t& { return own(s).context_tokens; },
      "ollama: the context to ask for; 0: the server's own");
}

void add_profile_text(Section& section, const Own& own, const char* name, std::string providers::Profile::*member,
                      const char* help) {
  section.add(
      text_key, name, [own, member](Settings& s) -> std::string& { return own(s).profile.*member; }, help);
}

void add_profile_flag(Section& section, const Own& own, const char* name, bool providers::Profile::*member,
                      const char* help) {
  section.add(
      flag_key, name, [own, member](Settings& s) -> bool& { return own(s).profile.*member; }, help);
}

void add_profile(Section& section, const Own& own) {
  using providers::Profile;
  add_profile_text(section, own, "profile.max_tokens_field", &Profile::max_tokens_field,
                   "max_tokens or max_completion_tokens; by the model's family unless set");
  add_profile_text(section, own, "profile.seed_field", &Profile::seed_field,
                   "its name for the seed; empty: takes none");
  add_profile_flag(section, own, "profile.stream_usage", &Profile::stream_usage,
                   "understands stream_options.include_usage");
  add_profile_flag(section, own, "profile.needs_done", &Profile::needs_done, "its streams end with [DONE]");
  add_profile_flag(section, own, "profile.json_schema", &Profile::json_schema, "understands json_schema");
  add_profile_flag(section, own, "profile.tools", &Profile::tools, "understands tools");
  add_profile_flag(section, own, "profile.top_k", &Profile::top_k, "understands top_k");
  add_profile_text(section, own, "profile.reasoning_field", &Profile::reasoning_field,
                   "reasoning_effort, reasoning, thinking; empty: cannot be asked");
  add_profile_text(section, own, "profile.required_tool", &Profile::required_tool, "its word for: call some tool");
  add_profile_text(section, own, "profile.auth_header", &Profile::auth_header, "the header that carries the key");
  add_profile_text(section, own, "profile.auth_prefix", &Profile::auth_prefix, "what stands before the key there");
  add_profile_text(section, own, "profile.chat_path", &Profile::chat_path, "");
  add_profile_text(section, own, "profile.embeddings_path", &Profile::embeddings_path, "");
  add_profile_text(section, own, "profile.models_path", &Profile::models_path, "");
  add_profile_text(section, own, "profile.dimensions_field", &Profile::dimensions_field,
                   "its name for the length of a vector");
  add_profile_text(section, own, "profile.probe_path", &Profile::probe_path, "models_path unless set");
  section.add(
      object_key, "profile.extra_body", [own](Settings& s) -> std::string& { return own(s).profile.extra_body; },
      "JSON object: added to every question");
  section.add(
      names_key, "profile.drop_parameters", [own](Settings& s) -> Names& { return own(s).profile.drop_parameters; },
      "parameters that are left out");
}

/// Everything but headers.
void add_fields(std::vector<Key>& keys, const std::string& name, const Own& own) {
  const std::string prefix = "providers." + name + ".";
  Section section(keys, prefix);
  keys.push_back(vendor_key(prefix + "vendor", own));
  keys.push_back(dialect_key(prefix + "dialect", own));
  section.add(
      url_key, "base_url", [own](Settings& s) -> std::string& { return own(s).base_url; }, "");
  add_key_ways(section, name, own);
  keys.push_back(choice_key<Auth>(
      prefix + "auth", [own](Settings& s) -> Auth& { return own(s).auth; }, {{"key", Auth::key}, {"none", Auth::none}},
      "none: it asks for no key"));
  const std::size_t usual = keys.size();
  add_place(section, keys, prefix, own);
  add_profile(section, own);
  for (std::size_t i = usual; i < keys.size(); ++i) keys[i].seldom = true;
}

ProviderSettings built_in(std::string name, Dialect dialect, std::string base_url) {
  ProviderSettings provider;
  provider.name = std::move(name);
  provider.dialect = dialect;
  provider.base_url = std::move(base_url);
  provider.built_in = true;
  return provider;
}

}  // namespace

void apply_vendor(ProviderSettings& provider) {
  const std::string vendor = provider.vendor.empty() ? provider.name : provider.vendor;
  provider.profile = providers::vendor_profile(vendor);
  for (const providers::KnownVendor& known : providers::known_vendors()) {
    if (known.name == vendor && provider.base_url.empty()) provider.base_url = known.base_url;
  }
}

void add_provider_keys(std::vector<Key>& keys, const std::string& name, std::size_t index) {
  const Own own = [index](Settings& s) -> ProviderSettings& { return s.providers[index]; };
  const std::size_t begin = keys.size();
  add_fields(keys, name, own);
  const std::string prefix = "providers." + name + ".";
  for (std::size_t i = begin; i < keys.size(); ++i) {
    const std::string field = keys[i].path.substr(prefix.size());
    add_shared_names(name, field, keys[i]);
    if (name == "gemini") keys[i].own_names = {environment_name("providers.google." + field)};
  }
  Section(keys, prefix)
      .add(
          headers_key, "headers",
          [own](Settings& s) -> std::vector<std::pair<std::string, Secret>>& { return own(s).headers; },
          "sent with every request");
}

const std::vector<std::string>& provider_fields() {
  static const std::vector<std::string> fields = [] {
    std::vector<Key> keys;
    add_fields(keys, "x", [](Settings& s) -> ProviderSettings& { return s.providers.front(); });
    std::vector<std::string> names;
    for (const Key& key : keys) names.push_back(key.path.substr(std::string_view("providers.x.").size()));
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return names;
  }();
  return fields;
}

std::vector<ProviderSettings> built_in_providers() {
  std::vector<ProviderSettings> all = {
      built_in("anthropic", Dialect::anthropic_messages, "https://api.anthropic.com"),
      built_in("azure", Dialect::azure_openai, ""),
      built_in("bedrock", Dialect::bedrock, ""),
      built_in("gemini", Dialect::gemini, "https://generativelanguage.googleapis.com"),
      built_in("ollama", Dialect::ollama, "http://127.0.0.1:11434"),
      built_in("openai", Dialect::openai_chat, "https://api.openai.com/v1"),
  };
  for (const providers::KnownVendor& known : providers::known_vendors()) {
    if (known.name == "litellm" || known.name == "openai") continue;  // the proxy has a section of its own
    all.push_back(built_in(std::string(known.name), Dialect::openai_chat, std::string(known.base_url)));
    all.back().profile = known.profile;
  }
  for (ProviderSettings& provider : all) {
    if (provider.name == "ollama") provider.auth = Auth::none;
  }
  return all;
}

std::string canonical_provider(std::string_view name) {
  return std::string(routing::canonical_provider(name));
}

}  // namespace assay::config
