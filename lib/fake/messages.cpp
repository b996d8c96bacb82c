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

void add_message(Question& question, std::string_view role, const json::View& content) {
  std::string text = text_of(content);
  add_line(question.prompt, text);
  if (role == "user") question.input = std::move(text);
  if (role == "system" || role == "developer") add_line(question.system, text);
}

Result<Body, ErrorAnswer> read_body(const net::ServerRequest& request) {
  json::Limits limits = json::Limits::foreign();
  limits.max_depth = 512;
  auto document = json::parse(request.body, limits);
  if (!document)
    return failure(bad_request("We could not parse the JSON body of your request: " + to_string(document.error())));
  Body body{std::move(*document), {}};
  const json::View root = body.document.root();
  body.question.model = root["model"].string_or("");
  if (body.question.model.empty()) return failure(bad_request("model: field required"));
  if (root["messages"].size() == 0) return failure(bad_request("messages: at least one message is required"));
  if (root["stream"].as_bool().value_or(false)) return failure(bad_request("stream: not served by this stand-in"));
  for (json::View message : root["messages"].elements()) {
    if (!message["role"].is_string()) return failure(bad_request(message.path() + ".role: field required"));
  }
  return body;
}

}  // namespace assay::fake
