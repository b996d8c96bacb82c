#include "providers/wire.hpp"

#include <algorithm>
#include <array>

#include "json/storable.hpp"
#include "json/utf8.hpp"
#include "providers/redact.hpp"
#include "providers/vendor_error.hpp"

namespace assay::providers {
namespace {

constexpr std::size_t max_short_bytes = 256;
constexpr std::size_t max_raw_usage_bytes = 16u << 10;
constexpr std::int64_t max_count = 1'000'000'000'000;

void set(http::Headers& headers, const std::string& name, std::string value) {
  if (!http::find_header(headers, name)) headers.emplace_back(name, std::move(value));
}

}  // namespace

http::Request post(const Question& question, const Deployment& deployment, std::string url) {
  http::Request request("POST", std::move(url));
  request.headers = deployment.headers;
  set(request.headers, "Content-Type", "application/json");
  set(request.headers, "User-Agent", "assay/" ASSAY_VERSION);
  if (!question.call_id.empty()) set(request.headers, "X-Request-ID", question.call_id);
  if (!question.traceparent.empty()) set(request.headers, "traceparent", question.traceparent);
  if (deployment.is_proxy) {
    set(request.headers, "x-litellm-num-retries", "0");
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(question.timeout).count();
    if (seconds > 0) set(request.headers, "x-litellm-timeout", std::to_string(seconds));
  }
  request.max_response_bytes = question.max_response_bytes;
  return request;
}

http::Request post(const EmbeddingQuestion& question, const Deployment& deployment, std::string url) {
  Question asked;
  asked.call_id = question.call_id;
  asked.timeout = question.timeout;
  asked.max_response_bytes = question.max_response_bytes;
  return post(asked, deployment, std::move(url));
}

http::Request get(const Deployment& deployment, std::string url) {
  http::Request request("GET", std::move(url));
  request.headers = deployment.headers;
  set(request.headers, "User-Agent", "assay/" ASSAY_VERSION);
  return request;
}

void expect_stream(http::Request& request, const char* content_type) {
  set(request.headers, "Accept", content_type);
  request.accept_compressed = false;
}

std::string path_segment(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      escaped += c;
    } else {
      escaped += {'%', hex[byte >> 4], hex[byte & 15]};
    }
  }
  return escaped;
}

std::string joined(std::string_view base_url, std::string_view path) {
  while (base_url.ends_with('/')) base_url.remove_suffix(1);
  return std::string(base_url) + std::string(path);
}

bool has_no_path(std::string_view base_url) {
  const std::size_t scheme = base_url.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  while (base_url.ends_with('/')) base_url.remove_suffix(1);
  return base_url.find('/', host) == std::string_view::npos;
}

std::string request_id(const http::Headers& headers, std::string_view fallback) {
  constexpr std::array<const char*, 8> names{"x-request-id",      "request-id",      "x-litellm-call-id",
                                             "x-generation-id",   "apim-request-id", "x-amzn-requestid",
                                             "x-goog-request-id", "cf-ray"};
  for (const char* name : names) {
    const auto value = http::find_header(headers, name);
    if (value && !value->empty()) return short_text(*value);
  }
  return short_text(fallback);
}

std::string short_text(std::string_view text) {
  return std::string(
      json::truncate_utf8(json::storable_text(json::truncate_utf8(text, max_short_bytes)).text, max_short_bytes));
}

std::string short_text(json::View value) {
  if (value.is_number()) return short_text(value.number_text());
  return short_text(value.string_or(""));
}

std::optional<std::int64_t> count(json::View value) {
  const auto number = value.as_int64();
  if (!number || *number < 0 || *number > max_count) return std::nullopt;
  return number;
}

std::optional<std::int64_t> either(std::optional<std::int64_t> first, std::optional<std::int64_t> second) {
  return first ? first : second;
}

std::string raw_usage(json::View usage) {
  const std::string_view raw = usage.raw();
  if (raw.size() > max_raw_usage_bytes) return {};
  json::Limits storable;
  storable.nul = json::Limits::Nul::refuse;
  if (!json::parse(raw, storable)) return {};
  return std::string(raw);
}

Result<json::Document, json::ParseError> parse_answer(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  return json::parse(body, json::Limits::foreign());
}

Failure malformed(const http::Response& response, const Deployment& deployment, std::string_view what) {
  Failure failure;
  failure.kind = Failure::Kind::malformed;
  failure.may_have_run = true;
  failure.source = deployment.is_proxy ? Failure::Source::proxy : Failure::Source::vendor;
  failure.status = response.status;
  failure.provider = deployment.provider;
  failure.request_id = request_id(response.headers);
  failure.detail = redacted(what, deployment);
  return failure;
}

Result<json::Document, Failure> read_answer(const http::Response& response, const Deployment& deployment) {
  if (response.status < 200 || response.status > 299) return failure(failure_from(response, deployment));
  auto document = parse_answer(response.body);
  if (!document) {
    const auto type = http::find_header(response.headers, "content-type").value_or("no content type");
    return failure(
        malformed(response, deployment,
                  "the answer is not JSON (" + std::string(type) + "): " + json::to_string(document.error())));
  }
  const VendorError error = read_vendor_error(document->root());
  if (error.found) return failure(failure_from(response, error, deployment));
  return std::move(*document);
}

}  // namespace assay::providers
