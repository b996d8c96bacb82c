#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "http/message.hpp"

namespace assay::providers {

/// The wire formats we speak.
enum class DialectKind { openai_chat, anthropic_messages };
std::string_view to_string(DialectKind kind);  ///< "openai", "anthropic": as settings write them
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
};

}  // namespace assay::providers
