#pragma once
#include <optional>
#include <string>

#include "http/message.hpp"
#include "job/completion.hpp"

namespace assay::providers {

/// What an upstream proxy says about a call in its headers (x-litellm-*). Every field may be missing; what cannot be
/// read is missing. Texts are short and valid UTF-8.
struct ProxyReport {
  bool cached = false;   ///< answered from its cache
  std::string call_id;   ///< the key into the proxy's own spend log
  std::string model_id;  ///< the deployment that answered, when the body only repeats the alias
  std::string
      cost_dollars;  ///< as written, "1.83e-05"; pricing::parse_dollars() reads it. Empty for "None" and the like
  std::optional<int> retries, fallbacks;  ///< of its own; a fallback means that another model answered
};

ProxyReport read_proxy_report(const http::Headers& headers);

/// Writes into an answer what the proxy before it says: reported_cost and served_by where the answer itself says
/// nothing, cached, and the flag `fallback`.
void add_proxy_report(const http::Headers& headers, Completion& completion);

}  // namespace assay::providers
