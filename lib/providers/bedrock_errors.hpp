#pragma once
#include "base/result.hpp"
#include "http/message.hpp"
#include "job/failure.hpp"
#include "json/document.hpp"
#include "providers/deployment.hpp"

namespace assay::providers {

/// The failure of an answer, as failure_from() has it, and what is AWS's alone: a refusal for the time teaches the
/// deployment's clock, and is worth another try when that can help; a session token is redacted like a key.
Failure bedrock_failure(const http::Response& response, const Deployment& deployment);

/// An answer that is JSON and not an error.
Result<json::Document, Failure> read_bedrock(const http::Response& response, const Deployment& deployment);

}  // namespace assay::providers
