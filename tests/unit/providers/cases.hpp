#pragma once
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/document.hpp"
#include "providers/dialect.hpp"

namespace assay::providers::cases {

/// The folder of a dialect under tests/data/providers/ and under its streams/.
inline std::string folder_of(DialectKind kind) {
  switch (kind) {
    case DialectKind::openai_chat:
      return "openai_chat";
    case DialectKind::openai_responses:
      return "openai_responses";
    case DialectKind::azure_openai:
      return "azure_openai";
    case DialectKind::anthropic_messages:
      return "anthropic_messages";
    case DialectKind::gemini:
      return "gemini";
    case DialectKind::bedrock:
      return "bedrock";
    case DialectKind::ollama:
      return "ollama";
  }
  throw std::runtime_error("no such dialect");
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline json::Document load_json(const std::filesystem::path& path) {
  json::Limits limits;
  limits.duplicates = json::Limits::Duplicates::refuse;
  auto document = json::parse(read_file(path), limits);
  if (!document) throw std::runtime_error(path.string() + ": " + json::to_string(document.error()));
  return std::move(*document);
}

/// The files under tests/data/providers/<dialect>/ whose name begins with `prefix`, each one array of cases. None when
/// the dialect has no folder.
inline std::vector<json::Document> load(DialectKind kind, std::string_view prefix) {
  const std::filesystem::path folder = ASSAY_SOURCE_DIR "/tests/data/providers/" + folder_of(kind);
  std::vector<json::Document> files;
  if (!std::filesystem::exists(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(".json")) files.push_back(load_json(entry.path()));
  }
  return files;
}

inline std::string unhex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

inline http::Headers headers(json::View view) {
  http::Headers headers;
  for (const auto& [name, value] : view.members()) {
    const std::string_view text = value.string_or("");
    headers.emplace_back(name, text == "assay/<version>" ? "assay/" ASSAY_VERSION : text);
  }
  return headers;
}

inline Profile profile(json::View view) {
  Profile profile;
  const auto text = [&](std::string_view name, std::string& field) {
    field = std::string(view[name].string_or(field));
  };
  const auto yes = [&](std::string_view name, bool& field) { field = view[name].as_bool().value_or(field); };
  text("max_tokens_field", profile.max_tokens_field);
  text("seed_field", profile.seed_field);
  yes("stream_usage", profile.stream_usage);
  yes("needs_done", profile.needs_done);
  yes("json_schema", profile.json_schema);
  yes("tools", profile.tools);
  yes("top_k", profile.top_k);
  text("reasoning_field", profile.reasoning_field);
  text("required_tool", profile.required_tool);
  text("auth_header", profile.auth_header);
  text("auth_prefix", profile.auth_prefix);
  text("chat_path", profile.chat_path);
  text("embeddings_path", profile.embeddings_path);
  text("models_path", profile.models_path);
  text("dimensions_field", profile.dimensions_field);
  text("probe_path", profile.probe_path);
  profile.extra_body = view["extra_body"].dump();
  for (const json::View name : view["drop_parameters"].elements())
    profile.drop_parameters.emplace_back(name.string_or(""));
  return profile;
}

struct Usual {
  const char *provider, *base_url, *model;
};
inline Usual usual(DialectKind kind) {
  switch (kind) {
    case DialectKind::openai_chat:
    case DialectKind::openai_responses:
      return {"openai", "https://vendor.test/v1", "gpt-4o"};
    case DialectKind::azure_openai:
      return {"azure", "https://vendor.test", "gpt-4o"};
    case DialectKind::anthropic_messages:
      return {"anthropic", "https://vendor.test", "claude-sonnet-4-20250514"};
    case DialectKind::gemini:
      return {"google", "https://vendor.test", "gemini-2.5-flash"};
    case DialectKind::bedrock:
      return {"bedrock", "https://vendor.test", "anthropic.claude-sonnet-4-20250514-v1:0"};
    case DialectKind::ollama:
      return {"ollama", "https://vendor.test", "llama3.2"};
  }
  throw std::runtime_error("no such dialect");
}

/// A case's deployment: the usual one of its dialect, with what the case says otherwise. "vendor_profile" names a known
/// vendor, "profile" writes a profile out.
inline Deployment deployment(DialectKind kind, json::View view) {
  const Usual otherwise = usual(kind);
  const auto text = [&](std::string_view name, const char* fallback = "") {
    return std::string(view[name].string_or(fallback));
  };
  Deployment deployment;
  deployment.dialect = kind;
  deployment.provider = text("provider", otherwise.provider);
  deployment.vendor = text("vendor");
  deployment.base_url = text("base_url", otherwise.base_url);
  deployment.model = text("model", otherwise.model);
  deployment.key = Secret(text("key", "test-key-0123456789"));
  deployment.headers = headers(view["headers"]);
  deployment.is_proxy = view["is_proxy"].as_bool().value_or(false);
  deployment.api_version = text("api_version");
  deployment.region = text("region");
  deployment.key_id = text("key_id");
  deployment.session_token = Secret(text("session_token"));
  deployment.context_tokens = view["context_tokens"].as_int64().value_or(0);
  if (view["vendor_profile"]) deployment.profile = vendor_profile(text("vendor_profile"));
  if (view["profile"]) deployment.profile = profile(view["profile"]);
  return deployment;
}

/// "body": JSON, sent compact · "body_text": as it stands · "body_hex": any bytes · "body_repeat": [text, times].
inline std::string body(json::View view) {
  if (view["body"]) return view["body"].dump();
  if (view["body_hex"]) return unhex(view["body_hex"].string_or(""));
  if (view["body_repeat"]) {
    std::string text;
    for (std::int64_t i = 0; i < view["body_repeat"][1].as_int64().value(); ++i)
      text += view["body_repeat"][0].string_or("");
    return text;
  }
  return std::string(view["body_text"].string_or(""));
}

inline http::Response response(json::View view) {
  http::Response response;
  response.status = static_cast<int>(view["status"].as_int64().value_or(200));
  response.headers = headers(view["headers"]);
  response.body = body(view);
  return response;
}

}  // namespace assay::providers::cases
