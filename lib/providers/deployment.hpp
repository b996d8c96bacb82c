#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "http/message.hpp"
#include "providers/profile.hpp"

namespace assay::aws {
class ServerClock;
}

namespace assay::providers {

/// The wire formats we speak.
enum class DialectKind { openai_chat, openai_responses, azure_openai, anthropic_messages, gemini, bedrock, ollama };
inline constexpr std::array every_dialect{
    DialectKind::openai_chat, DialectKind::openai_responses, DialectKind::azure_openai, DialectKind::anthropic_messages,
    DialectKind::gemini,      DialectKind::bedrock,          DialectKind::ollama};
/// As settings write them: "openai", "openai-responses", "azure", "anthropic", "gemini", "bedrock", "ollama".
std::string_view to_string(DialectKind kind);
std::optional<DialectKind> parse_dialect(std::string_view name);

/// One model of one provider: all that is needed to ask it and to read its answer. A value, made by the router.
struct Deployment {
  std::string provider;  ///< as configured: "openai", "litellm", "our-vllm"
  std::string vendor;    ///< whose price list counts: "openai", "anthropic", …; empty when unknown
  DialectKind dialect = DialectKind::openai_chat;
  std::string base_url;   ///< scheme, host and path prefix. OpenAI's dialect adds "/v1" when there is no path
  std::string model;      ///< as the provider names it
  Secret key;             ///< empty only where the provider asks for none: then a dummy travels
  http::Headers headers;  ///< sent with every request; may replace ours, never the key's
  bool is_proxy = false;  ///< an upstream gateway: it has retries and failures of its own

  /// Anthropic: "2023-06-01" (empty means it) or "2026-10-21". Azure: "2024-10-21" and its kin; empty: the v1 surface.
  /// Gemini: "v1beta" (empty means it) or "v1", put before the path when the base URL has none.
  std::string api_version{};
  std::string region{};    ///< Bedrock: "us-east-1"
  std::string key_id{};    ///< AWS access key id: requests are signed, `key` is its secret; empty: `key` is a bearer
  Secret session_token{};  ///< of temporary AWS credentials
  /// Bedrock, signed: what time AWS thinks it is. One for all deployments of a provider, from server_clock(); null: a
  /// refusal for the time is final.
  std::shared_ptr<aws::ServerClock> clock{};
  Profile profile{};       ///< openai_chat only
  std::int64_t context_tokens = 0;  ///< Ollama: the num_ctx to ask for; 0: not known
};

}  // namespace assay::providers
