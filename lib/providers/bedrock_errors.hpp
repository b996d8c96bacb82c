#pragma once
#include <string_view>

#include "base/result.hpp"
#include "http/message.hpp"
#include "job/failure.hpp"
#include "json/document.hpp"
#include "providers/deployment.hpp"

namespace assay::providers {

/// A failure as AWS says it: by the name in x-amzn-ErrorType or __type, by words where one name has several meanings.
/// A refusal for the time teaches the deployment's clock; it is worth another try when that can help.
Failure bedrock_failure(const http::Response& response, const Deployment& deployment);

/// The same of an exception inside a stream whose status was 200: its name and payload.
Failure bedrock_exception(const http::Response& head, std::string_view name, std::string_view payload,
                          const Deployment& deployment);

/// An answer that is JSON and not an error.
Result<json::Document, Failure> read_bedrock(const http::Response& response, const Deployment& deployment);

}  // namespace assay::providers
