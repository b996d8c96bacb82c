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

/// The files under tests/data/providers/<dialect>/ whose name begins with `prefix`, each one array of cases.
inline std::vector<json::Document> load(DialectKind kind, std::string_view prefix) {
  const std::string folder = kind == DialectKind::openai_chat ? "openai_chat" : "anthropic_messages";
  std::vector<json::Document> files;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/tests/data/providers/" + folder)) {
    if (!entry.path().filename().string().starts_with(prefix)) continue;
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    json::Limits limits;
    limits.duplicates = json::Limits::Duplicates::refuse;
    auto document = json::parse(text.str(), limits);
    if (!document) throw std::runtime_error(entry.path().string() + ": " + json::to_string(document.error()));
    files.push_back(std::move(*document));
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

/// A case's deployment: the usual one of its dialect, with what the case says otherwise.
inline Deployment deployment(DialectKind kind, json::View view) {
  const bool openai = kind == DialectKind::openai_chat;
  Deployment deployment;
  deployment.dialect = kind;
  deployment.provider = std::string(view["provider"].string_or(openai ? "openai" : "anthropic"));
  deployment.base_url =
      std::string(view["base_url"].string_or(openai ? "https://vendor.test/v1" : "https://vendor.test"));
  deployment.model = std::string(view["model"].string_or(openai ? "gpt-4o" : "claude-sonnet-4-20250514"));
  deployment.key = Secret(std::string(view["key"].string_or("test-key-0123456789")));
  deployment.headers = headers(view["headers"]);
  deployment.is_proxy = view["is_proxy"].as_bool().value_or(false);
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
