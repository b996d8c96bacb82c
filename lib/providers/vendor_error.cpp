#include "providers/vendor_error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "json/utf8.hpp"
#include "providers/redact.hpp"
#include "providers/retry_after.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

using Kind = Failure::Kind;
using Words = std::span<const std::string_view>;

struct Code {
  std::string_view name;
  Kind kind;
};

/// Codes that say more than any status. Compared without case.
constexpr std::array specific{
    Code{"context_length_exceeded", Kind::context_too_long},
    Code{"request_too_large", Kind::context_too_long},
    Code{"content_policy_violation", Kind::content_filter},
    Code{"content_filter", Kind::content_filter},
    Code{"responsibleaipolicyviolation", Kind::content_filter},
    Code{"invalid_prompt", Kind::content_filter},
    Code{"insufficient_quota", Kind::quota},
    Code{"billing_hard_limit_reached", Kind::quota},
    Code{"billing_error", Kind::quota},
    Code{"enforced_spend_limit_reached", Kind::quota},
    Code{"contract_spend_limit_reached", Kind::quota},
    Code{"budget_exceeded", Kind::over_budget},
    Code{"invalid_api_key", Kind::auth},
    Code{"api_key_invalid", Kind::auth},
    Code{"unsupported_country_region_territory", Kind::permission},
    Code{"key_model_access_denied", Kind::permission},
    Code{"model_not_found", Kind::model_not_found},
    Code{"deploymentnotfound", Kind::model_not_found},
    Code{"overloaded_error", Kind::overloaded},
    Code{"resource_unavailable", Kind::overloaded},
    Code{"timeout_error", Kind::timed_out},
};

/// Codes that only repeat what a status says: read where the status says nothing.
constexpr std::array general{
    Code{"invalid_request_error", Kind::bad_request},
    Code{"authentication_error", Kind::auth},
    Code{"permission_error", Kind::permission},
    Code{"not_found_error", Kind::model_not_found},
    Code{"rate_limit_error", Kind::rate_limited},
    Code{"rate_limit_exceeded", Kind::rate_limited},
    Code{"resource_exhausted", Kind::rate_limited},
    Code{"overloaded", Kind::overloaded},
    Code{"unavailable", Kind::overloaded},
    Code{"invalid_argument", Kind::bad_request},
};

constexpr std::array<std::string_view, 11> context_words{"maximum context length is",
                                                         "exceed context limit",
                                                         "prompt is too long",
                                                         "input is too long",
                                                         "input tokens exceed the configured limit",
                                                         "exceeds the maximum number of tokens allowed",
                                                         "is longer than the model's context length",
                                                         "too many input tokens",
                                                         "`inputs` tokens + `max_new_tokens` must be",
                                                         "contextwindowexceedederror",
                                                         "reduce the length of the messages"};
constexpr std::array<std::string_view, 2> not_context_words{"string_above_max_length", "invalid 'user'"};
constexpr std::array<std::string_view, 8> filter_words{"content_policy_violation",
                                                       "contentpolicyviolationerror",
                                                       "content filtering policy",
                                                       "violating our usage policy",
                                                       "filtered due to the prompt triggering",
                                                       "responsibleaipolicyviolation",
                                                       "response was blocked",
                                                       "guardrail_intervened"};
constexpr std::array<std::string_view, 4> moderation_words{"moderation", "was flagged", "guardrail", "content policy"};
constexpr std::array<std::string_view, 4> money_words{"credit balance is too low", "insufficient balance",
                                                      "insufficient credits", "spend limit"};
constexpr std::array<std::string_view, 2> budget_words{"budget has been exceeded", "exceededbudget"};
constexpr std::array<std::string_view, 4> model_words{"invalid model name", "model_not_found", "model not found",
                                                      "no such model"};
constexpr std::array<std::string_view, 3> key_words{"api key not valid", "invalid api key", "incorrect api key"};

std::string lowered(std::string_view text) {
  std::string lower(text.substr(0, max_detail_bytes));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

bool any_in(const std::string& text, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

std::optional<Kind> find(std::span<const Code> codes, std::string_view name) {
  const std::string lower = lowered(name);
  for (const Code& code : codes) {
    if (code.name == lower) return code.kind;
  }
  return std::nullopt;
}

/// The finest word first.
std::optional<Kind> by_code(std::span<const Code> codes, const VendorError& error) {
  for (const std::string_view name : {error.detail_code, error.code, error.type}) {
    if (const auto kind = find(codes, name)) return kind;
  }
  return std::nullopt;
}

/// Nothing for a status that says nothing: a success with an error inside.
std::optional<Kind> by_status(int status) {
  switch (status) {
    case 0:
      return std::nullopt;
    case 401:
      return Kind::auth;
    case 402:
      return Kind::quota;
    case 403:
    case 451:
      return Kind::permission;
    case 404:
      return Kind::model_not_found;
    case 408:
    case 504:
    case 522:
    case 524:
      return Kind::timed_out;
    case 409:
    case 425:
    case 499:
      return Kind::unavailable;
    case 413:
      return Kind::context_too_long;
    case 429:
      return Kind::rate_limited;
    case 498:
    case 503:
    case 529:
      return Kind::overloaded;
    default:
      break;
  }
  if (status >= 500) return Kind::unavailable;
  return status >= 400 ? Kind::bad_request : Kind::malformed;
}

/// Words, each only under the statuses where a vendor is known to have nothing better.
std::optional<Kind> by_words(int status, const VendorError& error) {
  const std::string text = lowered(error.message);
  const bool about_input = status == 0 || status == 400 || status == 413 || status == 422 || status == 500;
  if (any_in(text, budget_words)) return Kind::over_budget;
  if (about_input && any_in(text, context_words) && !any_in(text, not_context_words)) return Kind::context_too_long;
  if (about_input && any_in(text, filter_words)) return Kind::content_filter;
  if (status == 403 && any_in(text, moderation_words)) return Kind::content_filter;
  if ((status == 400 || status == 403 || status == 429) && any_in(text, money_words)) return Kind::quota;
  if ((status == 429 || status == 413) && text.find("request too large") != std::string::npos) return Kind::quota;
  if (status == 429 && text.find("service tier capacity exceeded") != std::string::npos) return Kind::overloaded;
  if (status == 400 && any_in(text, model_words)) return Kind::model_not_found;
  if (status == 400 && any_in(text, key_words)) return Kind::auth;
  return std::nullopt;
}

/// A 404 that is about the path and not about the model: no vendor says "Not Found" and nothing else of a model.
bool wrong_path(const VendorError& error) {
  const std::string text = lowered(error.message);
  return !error.found || text == "not found" || text.starts_with("invalid url") || error.code == "unknown_url";
}

Kind kind_of(int status, const VendorError& error) {
  if (status == 404 && wrong_path(error)) return Kind::bad_request;
  // A limit that one request alone passes is worded, and coded as if waiting helped.
  if (const auto kind = by_words(status, error); kind && (*kind == Kind::quota || *kind == Kind::over_budget))
    return *kind;
  if (const auto kind = by_code(specific, error)) return *kind;
  if (const auto kind = by_words(status, error)) return *kind;
  if (const auto kind = by_status(status)) return *kind;
  return by_code(general, error).value_or(Kind::unavailable);
}

/// Whether the vendor may have worked, and billed, before it failed.
bool may_have_run(const http::Response& response, const VendorError& error, Kind kind) {
  const bool broken_behind_proxy =
      lowered(error.message.substr(0, 200)).find("apiconnectionerror") != std::string::npos;
  if (kind == Kind::timed_out || broken_behind_proxy || response.status == 499) return true;
  if (response.status >= 500) return !error.found && kind == Kind::unavailable;
  if (response.status < 200 || response.status > 299) return false;
  switch (kind) {
    case Kind::rate_limited:
    case Kind::quota:
    case Kind::auth:
    case Kind::permission:
    case Kind::model_not_found:
    case Kind::bad_request:
    case Kind::context_too_long:
    case Kind::over_budget:
      return false;
    default:
      return true;
  }
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int as_status(std::string_view text) {
  int status = 0;
  if (text.size() == 3 && all_digits(text)) std::from_chars(text.data(), text.data() + 3, status);
  return status >= 400 && status <= 599 ? status : 0;
}

std::string_view text_of(json::View value) {
  return value.is_number() ? value.number_text() : value.string_or("");
}

/// What a person sees of a body that no vendor wrote: its words without its tags.
std::string page_text(std::string_view body) {
  constexpr std::size_t enough = 300;
  std::string text;
  bool in_tag = false;
  for (const char c : json::truncate_utf8(body, 16u << 10)) {
    const bool begins_character = (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    if (text.size() >= enough && begins_character) break;
    if (c == '<') in_tag = true;
    const bool blank = static_cast<unsigned char>(c) <= ' ' || in_tag;
    if (!blank) text += c;
    if (blank && !text.empty() && text.back() != ' ') text += ' ';
    if (c == '>') in_tag = false;
  }
  return text;
}

std::string detail_of(const http::Response& response, const VendorError& error, const Deployment& deployment) {
  if (!error.message.empty()) return redacted(error.message, deployment.key);
  std::string text = "HTTP " + std::to_string(response.status);
  if (response.status >= 300 && response.status < 400) return text + ": redirects are not followed; check the base URL";
  if (response.body.empty()) return text + " without a body";
  const auto type = http::find_header(response.headers, "content-type").value_or("no content type");
  return redacted(text + " (" + std::string(type) + "): " + page_text(response.body), deployment.key);
}

/// A proxy that passes on what a vendor said names the vendor's exception.
Failure::Source source_of(const VendorError& error, const Deployment& deployment) {
  if (!deployment.is_proxy) return Failure::Source::vendor;
  const std::string_view start = error.message.substr(0, 200);
  const bool passed_on = start.starts_with("litellm.") && start.find("Exception") != std::string_view::npos;
  return passed_on ? Failure::Source::vendor : Failure::Source::proxy;
}

bool vendor_forbids_retry(const http::Headers& headers) {
  return http::find_header(headers, "x-should-retry") == "false";
}

}  // namespace

VendorError read_vendor_error(json::View root) {
  if (root.is_array() && root.size() == 1) root = root[0];
  VendorError error;
  if (!root.is_object()) return error;
  json::View body = root["error"];
  const bool bare =
      root["object"].string_or("") == "error" || root["type"].string_or("") == "error" ||
      (!root["choices"] && !root["content"] && (root["message"].is_string() || root["detail"] || root["errors"]));
  if (!body.is_object() && body.string_or("").empty()) {
    if (!bare) return error;
    body = root;
  }
  error.found = true;
  if (body.is_string()) {
    error.message = body.string_or("");
    return error;
  }
  error.message = body["message"].string_or(body["html-message"].string_or(""));
  if (error.message.empty())
    error.message = body["detail"].is_string() ? body["detail"].string_or("") : body["detail"].raw();
  if (error.message.empty()) error.message = body["errors"].raw();
  error.code = text_of(body["code"]);
  error.type = body["type"].string_or(body["status"].string_or(""));
  error.detail_code = body["details"]["error_code"].string_or(body["innererror"]["code"].string_or(""));
  error.status = as_status(error.code);
  if (error.status == 0) error.status = as_status(text_of(body["status"]));
  return error;
}

Failure failure_from(const http::Response& response, const VendorError& error, const Deployment& deployment) {
  const bool success = response.status >= 200 && response.status <= 299;
  Failure failure;
  failure.kind = kind_of(success ? error.status : response.status, error);
  if (failure.kind == Kind::rate_limited && vendor_forbids_retry(response.headers)) failure.kind = Kind::quota;
  failure.may_have_run = may_have_run(response, error, failure.kind);
  if (worth_retrying(failure)) {
    failure.retry_after = retry_after(response.headers, error.message, failure.kind == Kind::rate_limited);
  }
  failure.source = source_of(error, deployment);
  failure.status = response.status;
  failure.provider = deployment.provider;
  failure.request_id = request_id(response.headers);
  const bool code_is_status = all_digits(error.code) && !error.type.empty();
  failure.vendor_code = short_text(error.code.empty() || code_is_status ? error.type : error.code);
  failure.detail = detail_of(response, error, deployment);
  return failure;
}

Failure failure_from(const http::Response& response, const Deployment& deployment) {
  const auto document = parse_answer(response.body);
  const VendorError error = document ? read_vendor_error(document->root()) : VendorError();
  Failure failure = failure_from(response, error, deployment);
  if (failure.request_id.empty() && document) failure.request_id = short_text(document->root()["request_id"]);
  return failure;
}

std::optional<Failure> failure_in_stream(const framing::Event& event, json::View root, const Deployment& deployment) {
  VendorError error = read_vendor_error(root);
  if (!error.found) error = read_vendor_error(root["response"]);
  if (!error.found) error = read_vendor_error(root["x_groq"]);
  if (!error.found && !event.exception) return std::nullopt;
  if (event.exception) error.code = event.name;
  http::Response response;
  response.status = 200;
  response.body = event.data.substr(0, max_detail_bytes);
  Failure failure = failure_from(response, error, deployment);
  failure.may_have_run = true;
  failure.request_id = short_text(root["request_id"]);
  return failure;
}

Failure with_head(Failure failure, const http::Response& head) {
  failure.status = head.status;
  if (auto id = request_id(head.headers); !id.empty()) failure.request_id = std::move(id);
  if (!failure.retry_after && worth_retrying(failure))
    failure.retry_after = retry_after(head.headers, {}, failure.kind == Kind::rate_limited);
  return failure;
}

}  // namespace assay::providers
