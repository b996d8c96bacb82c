#include "fake/openai.hpp"

#include "fake/messages.hpp"
#include "fake/openai_wording.hpp"

namespace assay::fake {
namespace {

void write_message(json::Writer& out, const Answer& answer) {
  const bool nothing = answer.text.empty() && (!answer.tool_calls.empty() || !answer.refusal.empty());
  out.begin_object().field("role", "assistant").key("content");
  if (answer.content == Answer::Content::null || nothing) {
    out.null();
  } else {
    out.string(answer.content == Answer::Content::empty ? std::string_view() : answer.text);
  }
  out.key("refusal");
  if (answer.refusal.empty()) {
    out.null();
  } else {
    out.string(answer.refusal);
  }
  if (!answer.reasoning.empty()) {
    out.field(answer.manner == Manner::deepseek ? "reasoning_content" : "reasoning", answer.reasoning);
  }
  if (!answer.tool_calls.empty()) {
    out.key("tool_calls").begin_array();
    for (std::size_t i = 0; i < answer.tool_calls.size(); ++i) {
      out.begin_object().field("id", tool_id(answer, i)).field("type", "function").key("function").begin_object();
      out.field("name", answer.tool_calls[i].name).field("arguments", answer.tool_calls[i].arguments);
      out.end_object().end_object();
    }
    out.end_array();
  }
  out.end_object();
}

void write_choice(json::Writer& out, const Answer& answer) {
  out.begin_object().field("index", 0).key("message");
  write_message(out, answer);
  out.key("logprobs").null();
  out.field("finish_reason", chat_finish(answer));
  if (answer.manner == Manner::openrouter) out.field("native_finish_reason", "STOP");
  out.end_object();
}

void write_usage(json::Writer& out, const Answer& answer) {
  if (begins_usage(out, "usage", answer)) write_usage_members(out, answer);
}

void add_litellm_headers(net::ServerResponse& response, const std::string& id) {
  response.add("x-litellm-call-id", "call-" + id);
  response.add("x-litellm-version", "1.81.13");
  response.add("x-litellm-attempted-retries", "0");
  response.add("x-litellm-attempted-fallbacks", "0");
}

}  // namespace

std::string OpenAi::key_of(const net::ServerRequest& request) const {
  return bearer_of(request);
}

Result<Question, ErrorAnswer> OpenAi::read_chat(const net::ServerRequest& request, std::string model) {
  auto body = read_body(request, std::move(model));
  if (!body) return failure(body.error());
  const json::View root = body->document.root();
  for (json::View message : root["messages"].elements()) {
    add_message(body->question, message["role"].string_or(""), message["content"]);
  }
  const json::View limit = root["max_completion_tokens"] ? root["max_completion_tokens"] : root["max_tokens"];
  if (limit && !limit.is_null()) {
    body->question.max_tokens = limit.as_int64();
    if (body->question.max_tokens.value_or(0) < 1)
      return failure(bad_request("max_tokens: expected a whole number above 0"));
  }
  body->question.wish.usage_in_stream = root["stream_options"]["include_usage"].as_bool().value_or(false);
  return std::move(body->question);
}

Result<Question, ErrorAnswer> OpenAi::read_embeddings(const net::ServerRequest& request, std::string model) {
  const auto document = read_json(request);
  if (!document) return failure(document.error());
  const json::View root = document->root();
  if (model.empty()) model = root["model"].string_or("");
  auto question = embedding_question(std::move(model), texts_of(root["input"]), root["dimensions"].as_int64());
  if (question) question->wish.base64 = root["encoding_format"].string_or("float") == "base64";
  return question;
}

Result<Question, ErrorAnswer> OpenAi::read(const net::ServerRequest& request) const {
  return request.path().ends_with("/embeddings") ? read_embeddings(request, {}) : read_chat(request, {});
}

std::string OpenAi::answer(const Answer& answer) const {
  if (answer.wish.embeddings) return embeddings_body(answer);
  std::string text;
  text.reserve(answer.text.size() + 600);
  json::Writer out(text);
  out.begin_object();
  out.field("id", "chatcmpl-" + answer.id).field("object", "chat.completion").field("created", created);
  out.field("model", answer.model);
  write_manner(out, answer);
  out.key("choices").begin_array();
  if (answer.content != Answer::Content::none) write_choice(out, answer);
  out.end_array();
  write_usage(out, answer);
  if (answer.manner == Manner::groq) out.key("x_groq").begin_object().field("id", "req_" + answer.id).end_object();
  out.field("service_tier", "default").key("system_fingerprint").null().end_object();
  return text;
}

std::string OpenAi::error(const ErrorAnswer& error) const {
  return chat_error(error);
}

std::vector<Piece> OpenAi::stream(const Answer& answer, const std::vector<std::string_view>& texts) const {
  return chat_stream(answer, texts, false);
}

std::string OpenAi::error_event(const ErrorAnswer& error) const {
  return chat_error_event(error);
}

void OpenAi::add_headers(net::ServerResponse& response, const Answer& answer) const {
  if (answer.manner == Manner::openrouter) response.add("X-Generation-Id", "gen-" + answer.id);
  if (answer.manner != Manner::litellm) return;
  add_litellm_headers(response, answer.id);
  response.add("x-litellm-model-id", "deployment-of-" + answer.model);
  response.add("x-litellm-model-group", answer.model);
  // A stream's headers leave before the cost is known.
  if (!answer.wish.stream) response.add("x-litellm-response-cost", answer.cost);
}

void OpenAi::add_error_headers(net::ServerResponse& response, const ErrorAnswer& error) const {
  if (error.manner == Manner::litellm) add_litellm_headers(response, error.id);
}

const Dialect& openai() {
  static const OpenAi dialect;
  return dialect;
}

}  // namespace assay::fake
