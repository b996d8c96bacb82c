#include "worker/wire_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "providers/redact.hpp"

namespace assay {
namespace {

constexpr std::size_t shown_body_bytes = 2048;

constexpr std::array<std::string_view, 14> harmless{
    "accept",         "anthropic-version", "content-encoding", "content-length", "content-type", "date",       "request-id",
    "retry-after-ms", "retry-after",       "server",           "traceparent",    "user-agent",   "x-request-id", "x-should-retry"};

std::string lower(std::string_view name) {
  std::string text(name);
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool is_harmless(std::string_view name) {
  const std::string known = lower(name);
  return std::find(harmless.begin(), harmless.end(), known) != harmless.end() || known.starts_with("x-ratelimit-");
}

void append(std::string& out, std::string_view name, std::string_view value) {
  if (!out.empty()) out += "; ";
  out.append(name).append(": ").append(value);
}

}  // namespace

std::string shown_headers(const http::Headers& headers, const providers::Deployment& from) {
  std::string out;
  for (const auto& [name, value] : headers)
    append(out, providers::redacted(name, from), is_harmless(name) ? providers::redacted(value, from) : "(hidden)");
  return out;
}

std::string shown_headers(const http::Request& request) {
  std::string out = shown_headers(request.headers);
  for (const http::SecretHeader& secret : request.secrets) append(out, secret.name, "(hidden)");
  return out;
}

std::string shown_url(std::string_view url) { return std::string(url.substr(0, url.find('?'))); }

std::string shown_body(std::string_view body, const providers::Deployment& from) {
  return providers::redacted(body, from, shown_body_bytes);
}

}  // namespace assay
