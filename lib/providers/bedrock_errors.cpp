#include "providers/bedrock_errors.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "aws/server_clock.hpp"
#include "providers/redact.hpp"
#include "providers/retry_after.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

using Kind = Failure::Kind;

struct Exception {
  std::string_view name;
  Kind kind;
  bool may_have_run = false;
};

/// Compared without case: streams write the first letter small.
constexpr std::array exceptions{
    Exception{"throttlingexception", Kind::rate_limited},
    Exception{"toomanyrequestsexception", Kind::rate_limited},
    Exception{"servicequotaexceededexception", Kind::quota},
    Exception{"modelnotreadyexception", Kind::overloaded},
    Exception{"serviceunavailableexception", Kind::overloaded},
    Exception{"modeltimeoutexception", Kind::timed_out, true},
    Exception{"modelerrorexception", Kind::unavailable, true},
    Exception{"modelstreamerrorexception", Kind::unavailable, true},
    Exception{"internalserverexception", Kind::unavailable},
    Exception{"accessdeniedexception", Kind::permission},
    Exception{"unrecognizedclientexception", Kind::auth},
    Exception{"invalidsignatureexception", Kind::auth},
    Exception{"signaturedoesnotmatch", Kind::auth},
    Exception{"incompletesignatureexception", Kind::auth},
    Exception{"missingauthenticationtokenexception", Kind::auth},
    Exception{"expiredtokenexception", Kind::auth},
    Exception{"requestexpired", Kind::auth},
    Exception{"requesttimetooskewed", Kind::auth},
    Exception{"requestinthefuture", Kind::auth},
    Exception{"resourcenotfoundexception", Kind::model_not_found},
    Exception{"validationexception", Kind::bad_request},
};

/// Where one name has several meanings.
struct Words {
  std::string_view words;
  Kind kind;
};
constexpr std::array meanings{
    Words{"too many tokens per day", Kind::quota},
    Words{"on-demand throughput isn", Kind::model_not_found},
    Words{"model identifier is invalid", Kind::model_not_found},
    Words{"authentication failed", Kind::auth},
    Words{"api key", Kind::auth},
};

std::string lowered(std::string_view text) {
  std::string lower(text.substr(0, max_detail_bytes));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

/// "com.amazon.coral.service#ThrottlingException", "ThrottlingException:http://…".
std::string_view bare_name(std::string_view name) {
  name = name.substr(name.find('#') + 1);  // npos + 1 is 0
  return name.substr(0, name.find(':'));
}

VendorError error_of(const http::Response& response, json::View body, std::string_view name) {
  VendorError error;
  if (name.empty()) name = http::find_header(response.headers, "x-amzn-errortype").value_or("");
  if (name.empty()) name = body["__type"].string_or("");
  error.type = bare_name(name);
  error.message = body["message"].string_or(body["Message"].string_or(""));
  error.found = !error.type.empty() || !error.message.empty();
  return error;
}

/// What the names mean, where the words that every vendor uses have not told more.
void classify(Failure& failure, const VendorError& error) {
  if (failure.kind == Kind::context_too_long || failure.kind == Kind::content_filter) return;
  const std::string name = lowered(error.type), message = lowered(error.message);
  const auto known = std::find_if(exceptions.begin(), exceptions.end(), [&](const auto& e) { return e.name == name; });
  if (known == exceptions.end()) return;
  failure.kind = known->kind;
  failure.may_have_run = known->may_have_run;
  for (const Words& meaning : meanings) {
    const bool about_access = meaning.kind == Kind::auth;
    const bool fits = about_access                            ? known->kind == Kind::permission
                      : meaning.kind == Kind::model_not_found ? known->kind == Kind::bad_request
                                                              : known->kind == Kind::rate_limited;
    if (fits && message.find(meaning.words) != std::string::npos) failure.kind = meaning.kind;
  }
}

/// A clock that is wrong is set right by the answer; then the same request may be sent again.
bool clock_was_wrong(const http::Response& response, const VendorError& error, const Deployment& deployment) {
  if (!deployment.clock || !aws::refused_for_its_time(error.type, error.message)) return false;
  const auto date = http::find_header(response.headers, "date");
  const auto server = date ? parse_http_date(*date) : std::nullopt;
  return server && deployment.clock->learn(*server, aws::quoted_time(error.message));
}

Failure failure_of(const http::Response& response, const VendorError& error, const Deployment& deployment) {
  if (!error.found) return failure_from(response, deployment);
  Failure failure = failure_from(response, error, deployment);
  classify(failure, error);
  failure.retry_after.reset();
  if (clock_was_wrong(response, error, deployment)) {
    failure.kind = Kind::unavailable;
    failure.retry_after = std::chrono::milliseconds(0);
  } else if (worth_retrying(failure)) {
    failure.retry_after = retry_after(response.headers, error.message, failure.kind == Kind::rate_limited);
  }
  if (!deployment.session_token.empty()) failure.detail = redacted(failure.detail, deployment.session_token);
  return failure;
}

}  // namespace

Failure bedrock_failure(const http::Response& response, const Deployment& deployment) {
  const auto document = parse_answer(response.body);
  return failure_of(response, error_of(response, document ? document->root() : json::View(), {}), deployment);
}

Failure bedrock_exception(const http::Response& head, std::string_view name, std::string_view payload,
                          const Deployment& deployment) {
  const auto document = parse_answer(payload);
  VendorError error = error_of(head, document ? document->root() : json::View(), name);
  if (error.message.empty()) error.message = payload;
  return failure_of(head, error, deployment);
}

Result<json::Document, Failure> read_bedrock(const http::Response& response, const Deployment& deployment) {
  if (response.status < 200 || response.status > 299) return failure(bedrock_failure(response, deployment));
  return read_answer(response, deployment);
}

}  // namespace assay::providers
