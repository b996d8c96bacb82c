#include "providers/proxy_report.hpp"

#include <charconv>

#include "providers/wire.hpp"

namespace assay::providers {
namespace {

std::string text(const http::Headers& headers, const char* name) {
  return short_text(http::find_header(headers, name).value_or(""));
}

std::optional<int> number(const http::Headers& headers, const char* name) {
  const std::string digits = text(headers, name);
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

ProxyReport read_proxy_report(const http::Headers& headers) {
  ProxyReport report;
  report.call_id = text(headers, "x-litellm-call-id");
  report.model_id = text(headers, "x-litellm-model-id");
  report.cost_dollars = text(headers, "x-litellm-response-cost");
  if (report.cost_dollars.find_first_not_of("0123456789.eE+-") != std::string::npos) report.cost_dollars.clear();
  report.retries = number(headers, "x-litellm-attempted-retries");
  report.fallbacks = number(headers, "x-litellm-attempted-fallbacks");
  return report;
}

}  // namespace assay::providers
