#pragma once
#include <optional>
#include <string>

#include "base/result.hpp"
#include "fake/dialect.hpp"
#include "json/document.hpp"

namespace assay::fake {

/// What both dialects have in common: a JSON object with a model and messages of roles and texts.
struct Body {
  json::Document document;
  Question question;
};
Result<Body, ErrorAnswer> read_body(const net::ServerRequest& request);

/// A text, or the texts of a list of parts, a line feed between them.
std::string text_of(const json::View& content);

/// Adds one message to the question.
void add_message(Question& question, std::string_view role, const json::View& content);

ErrorAnswer bad_request(std::string message);

}  // namespace assay::fake
