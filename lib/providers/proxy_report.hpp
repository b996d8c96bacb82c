#pragma once
#include <optional>
#include <string>

#include "http/message.hpp"

namespace assay::providers {

/// What an upstream proxy says about a call in its headers (x-litellm-*). Every field may be missing; what cannot be
/// read is missing. Texts are short and valid UTF-8.
struct ProxyReport {
  std::string call_id;   ///< the key into the proxy's own spend log
  std::string model_id;  ///< the deployment that answered, when the body only repeats the alias
  std::string
      cost_dollars;  ///< as written, "1.83e-05"; pricing::parse_dollars() reads it. Empty for "None" and the like
  std::optional<int> retries, fallbacks;  ///< of its own; a fallback means that another model answered
};

ProxyReport read_proxy_report(const http::Headers& headers);

}  // namespace assay::providers
