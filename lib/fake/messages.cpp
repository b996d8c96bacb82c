#include "fake/messages.hpp"

namespace assay::fake {
namespace {

void add_line(std::string& text, std::string_view line) {
  if (!text.empty()) text += '\n';
  text += line;
}

}  // namespace

ErrorAnswer bad_request(std::string message) {
  ErrorAnswer error;
  error.status = 400;
  error.message = std::move(message);
  return error;
}

std::string text_of(const json::View& content) {
  if (const auto text = content.as_string()) return std::string(*text);
  std::string out;
  for (json::View part : content.elements()) {
    if (const auto text = part["text"].as_string()) add_line(out, *text);
  }
  return out;
}

std::vector<std::string> texts_of(const json::View& input) {
  std::vector<std::string> out;
  if (const auto text = input.as_string()) out.emplace_back(*text);
  for (json::View one : input.elements()) out.emplace_back(one.string_or(""));
  return out;
}

Result<Question, ErrorAnswer> embedding_question(std::string model, std::vector<std::string> inputs,
                                                 std::optional<std::int64_t> dimensions) {
  if (model.empty()) return failure(bad_request("model: field required"));
  if (inputs.empty()) return failure(bad_request("input: at least one text is required"));
  if (dimensions && (*dimensions < 1 || *dimensions > 65536))
    return failure(bad_request("dimensions: from 1 to 65536"));
  Question question;
  question.model = std::move(model);
  for (const std::string& text : inputs) add_line(question.prompt, text);
  question.input = question.prompt;
  question.wish.embeddings = true;
  question.wish.inputs = std::move(inputs);
  if (dimensions) question.wish.dimensions = static_cast<std::size_t>(*dimensions);
  return question;
}

void add_message(Question& question, std::string_view role, const json::View& content) {
  std::string text = text_of(content);
  add_line(question.prompt, text);
  if (role == "user") question.input = std::move(text);
  if (role == "system" || role == "developer") add_line(question.system, text);
}

Result<json::Document, ErrorAnswer> read_json(const net::ServerRequest& request) {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 512;
  auto document = json::parse(request.body, limits);
  if (!document)
    return failure(bad_request("We could not parse the JSON body of your request: " + to_string(document.error())));
  return std::move(*document);
}

Result<Body, ErrorAnswer> read_body(const net::ServerRequest& request, std::string model) {
  auto document = read_json(request);
  if (!document) return failure(document.error());
  Body body{std::move(*document), {}};
  const json::View root = body.document.root();
  body.question.model = model.empty() ? std::string(root["model"].string_or("")) : std::move(model);
  if (body.question.model.empty()) return failure(bad_request("model: field required"));
  body.question.wish.stream = root["stream"].as_bool().value_or(false);
  if (root["messages"].size() == 0) return failure(bad_request("messages: at least one message is required"));
  for (json::View message : root["messages"].elements()) {
    if (!message["role"].is_string()) return failure(bad_request(message.path() + ".role: field required"));
  }
  return body;
}

}  // namespace assay::fake
