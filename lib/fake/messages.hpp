#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "fake/dialect.hpp"
#include "json/document.hpp"

namespace assay::fake {

/// What most dialects have in common: a JSON object with a model and messages of roles and texts.
struct Body {
  json::Document document;
  Question question;
};
Result<json::Document, ErrorAnswer> read_json(const net::ServerRequest& request);
/// `model`: the one that the path names; empty: the body's.
Result<Body, ErrorAnswer> read_body(const net::ServerRequest& request, std::string model = {});

/// A text, or the texts of a list of parts, a line feed between them.
std::string text_of(const json::View& content);

/// A text, or a list of texts.
std::vector<std::string> texts_of(const json::View& input);

/// A question for vectors.
Result<Question, ErrorAnswer> embedding_question(std::string model, std::vector<std::string> inputs,
                                                 std::optional<std::int64_t> dimensions);

/// Adds one message to the question.
void add_message(Question& question, std::string_view role, const json::View& content);

ErrorAnswer bad_request(std::string message);

}  // namespace assay::fake
