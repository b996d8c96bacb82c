#include "providers/vendor_error.hpp"

#include <algorithm>
#include <utility>

#include "json/utf8.hpp"
#include "providers/error_kind.hpp"
#include "providers/redact.hpp"
#include "providers/retry_after.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

using Kind = Failure::Kind;

bool success(int status) {
  return status >= 200 && status <= 299;
}

/// Whether the vendor may have worked, and billed, before it failed.
bool may_have_run(int status, const VendorError& error, const Judged& judged) {
  const bool broken_behind_proxy = error.message.substr(0, 200).find("APIConnectionError") != std::string::npos;
  if (judged.kind == Kind::timed_out || judged.ran || broken_behind_proxy || status == 499) return true;
  if (status >= 500) return !error.found && judged.kind == Kind::unavailable;
  if (!success(status)) return false;
  switch (judged.kind) {
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
  if (!error.message.empty()) {
    const std::size_t stack = error.message.find("Traceback (most recent call last)");  // of a server: its own paths
    return redacted(std::string_view(error.message).substr(0, stack == 0 ? std::string::npos : stack), deployment);
  }
  std::string text = "HTTP " + std::to_string(response.status);
  if (response.status >= 300 && response.status < 400) return text + ": redirects are not followed; check the base URL";
  if (response.body.empty()) return text + " without a body";
  const auto type = http::find_header(response.headers, "content-type").value_or("no content type");
  return redacted(text + " (" + std::string(type) + "): " + page_text(response.body), deployment);
}

/// A proxy that passes on what a vendor said repeats it, or names the vendor's exception.
Failure::Source source_of(const VendorError& error, const Deployment& deployment) {
  if (!deployment.is_proxy || error.passed_on) return Failure::Source::vendor;
  const std::string_view start = std::string_view(error.message).substr(0, 200);
  const bool names_it = start.starts_with("litellm.") && start.find("Exception") != std::string_view::npos;
  return names_it ? Failure::Source::vendor : Failure::Source::proxy;
}

/// What the vendor says outright about another try. Its yes counts only where nothing but the status told us the kind:
/// a spent quota or a prompt that is too long stays what it is.
std::optional<bool> advice(const http::Headers& headers, const Judged& judged) {
  const auto word = http::find_header(headers, "x-should-retry");
  if (word == "false") return false;
  if (word == "true" && judged.by_status_only) return true;
  return std::nullopt;
}

bool is_status(std::string_view code) {
  return !code.empty() && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// AWS names the error in a header when it does not in the body.
VendorError with_header(VendorError error, const http::Headers& headers) {
  const auto name = http::find_header(headers, "x-amzn-errortype");
  if (name && error.code.empty()) error.code = std::string(name->substr(0, name->find(':')).substr(0, 256));
  return error;
}

/// Those of the answer, then those that the body repeats.
http::Headers all_headers(const http::Response& response, const VendorError& error) {
  http::Headers headers = response.headers;
  headers.insert(headers.end(), error.headers.begin(), error.headers.end());
  return headers;
}

}  // namespace

Failure failure_from(const http::Response& response, const VendorError& said, const Deployment& deployment) {
  const VendorError error = with_header(said, response.headers);
  const int own_status = success(response.status) ? error.status : response.status;
  const Judged judged = error_kind(error.inner_status != 0 ? error.inner_status : own_status, error);
  Failure failure;
  failure.kind = judged.kind;
  failure.told_to_retry = advice(response.headers, judged);
  if (failure.kind == Kind::rate_limited && failure.told_to_retry == false) failure.kind = Kind::quota;
  failure.may_have_run = may_have_run(response.status, error, judged);
  if (worth_retrying(failure)) {
    const bool limited = failure.kind == Kind::rate_limited;
    failure.retry_after = retry_after(all_headers(response, error), error.message, limited, error.retry_after);
  }
  failure.source = source_of(error, deployment);
  failure.status = response.status;
  failure.provider = deployment.provider;
  failure.request_id = request_id(response.headers);
  const bool says_more = error.code.empty() || (is_status(error.code) && !error.type.empty());
  failure.vendor_code = short_text(redacted(says_more ? error.type : error.code, deployment));
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
  if (event.exception) error.code = std::string(event.name.substr(0, 256));
  http::Response response;
  response.status = 200;
  response.body = std::string(event.data.substr(0, max_detail_bytes));
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
