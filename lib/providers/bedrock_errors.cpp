#include "providers/bedrock_errors.hpp"

#include <utility>

#include "aws/server_clock.hpp"
#include "providers/redact.hpp"
#include "providers/retry_after.hpp"
#include "providers/vendor_error.hpp"
#include "providers/wire.hpp"

namespace assay::providers {
namespace {

/// A clock that is wrong is set right by the answer; then the same request may be sent again.
bool clock_was_wrong(const Failure& failure, const http::Response& response, const Deployment& deployment) {
  if (!deployment.clock || !aws::refused_for_its_time(failure.vendor_code, failure.detail)) return false;
  const auto date = http::find_header(response.headers, "date");
  const auto server = date ? parse_http_date(*date) : std::nullopt;
  return server && deployment.clock->learn(*server, aws::quoted_time(failure.detail));
}

}  // namespace

Failure bedrock_failure(const http::Response& response, const Deployment& deployment) {
  Failure failure = failure_from(response, deployment);
  if (clock_was_wrong(failure, response, deployment)) {
    failure.kind = Failure::Kind::unavailable;
    failure.retry_after = std::chrono::milliseconds(0);
  }
  if (!deployment.session_token.empty()) failure.detail = redacted(failure.detail, deployment.session_token);
  return failure;
}

Result<json::Document, Failure> read_bedrock(const http::Response& response, const Deployment& deployment) {
  if (response.status < 200 || response.status > 299) return failure(bedrock_failure(response, deployment));
  return read_answer(response, deployment);
}

}  // namespace assay::providers
