#include "providers/proxy_report.hpp"

#include <charconv>
#include <utility>

#include "providers/answer_flags.hpp"
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
  const std::string key = text(headers, "x-litellm-cache-key");
  report.cached = (!key.empty() && key != "None") || http::find_header(headers, "x-litellm-semantic-similarity");
  report.retries = number(headers, "x-litellm-attempted-retries");
  report.fallbacks = number(headers, "x-litellm-attempted-fallbacks");
  return report;
}

void add_proxy_report(const http::Headers& headers, Completion& completion) {
  ProxyReport report = read_proxy_report(headers);
  if (completion.reported_cost.empty()) completion.reported_cost = std::move(report.cost_dollars);
  if (completion.served_by.empty()) completion.served_by = std::move(report.model_id);
  if (report.cached) completion.cached = true;
  if (report.fallbacks.value_or(0) > 0) flag(completion, completion_flags::fallback);
}

}  // namespace assay::providers
