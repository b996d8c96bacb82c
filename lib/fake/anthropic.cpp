#include "fake/dialect.hpp"
#include "fake/messages.hpp"
#include "json/writer.hpp"

namespace assay::fake {
namespace {

std::string_view usual_type(int status) {
  switch (status) {
    case 401:
      return "authentication_error";
    case 402:
      return "billing_error";
    case 403:
      return "permission_error";
    case 404:
      return "not_found_error";
    case 413:
      return "request_too_large";
    case 429:
      return "rate_limit_error";
    case 504:
      return "timeout_error";
    case 529:
      return "overloaded_error";
    default:
      return status < 500 ? "invalid_request_error" : "api_error";
  }
}

std::string_view usual_message(int status) {
  switch (status) {
    case 401:
      return "invalid x-api-key";
    case 404:
      return "model not found";
    case 429:
      return "Number of requests has exceeded your rate limit.";
    case 529:
      return "Overloaded";
    default:
      return status < 500 ? "The request was refused." : "Internal server error";
  }
}

std::string_view either(std::string_view stated, std::string_view usual) {
  return stated.empty() ? usual : stated;
}

void write_usage(json::Writer& out, const Answer& answer) {
  if (answer.usage == UsageManner::missing) return;
  out.key("usage");
  if (answer.usage == UsageManner::null) {
    out.null();
    return;
  }
  const std::int64_t some = answer.usage == UsageManner::zero ? 0 : 1;
  out.begin_object();
  // This vendor counts what was read from its cache beside the input, not in it.
  out.field("input_tokens", (answer.tokens_in - answer.tokens_cached) * some);
  out.field("cache_creation_input_tokens", 0);
  out.field("cache_read_input_tokens", answer.tokens_cached * some);
  out.field("output_tokens", answer.tokens_out * some);
  out.field("service_tier", "standard");
  out.end_object();
}

void write_content(json::Writer& out, const Answer& answer) {
  if (answer.content == Answer::Content::none) return;
  out.key("content");
  if (answer.content == Answer::Content::null) {
    out.null();
    return;
  }
  out.begin_array();
  if (answer.content == Answer::Content::text) {
    out.begin_object().field("type", "text").field("text", answer.text).end_object();
  }
  out.end_array();
}

class Anthropic final : public Dialect {
 public:
  std::string_view name() const override { return "anthropic"; }
  std::string_view id_header() const override { return "request-id"; }

  std::string key_of(const net::ServerRequest& request) const override {
    return std::string(request.header("x-api-key").value_or(""));
  }

  Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const override {
    if (!request.header("anthropic-version")) return failure(bad_request("anthropic-version: header is required"));
    auto body = read_body(request);
    if (!body) return failure(body.error());
    const json::View root = body->document.root();
    Question& question = body->question;
    if (root["system"]) add_message(question, "system", root["system"]);
    for (json::View message : root["messages"].elements()) {
      const std::string_view role = message["role"].string_or("");
      if (role != "user" && role != "assistant") return failure(bad_request("messages: roles are user and assistant"));
      add_message(question, role, message["content"]);
    }
    question.max_tokens = root["max_tokens"].as_int64();
    if (question.max_tokens.value_or(0) < 1) return failure(bad_request("max_tokens: field required"));
    return std::move(question);
  }

  std::string answer(const Answer& answer) const override {
    std::string text;
    text.reserve(answer.text.size() + 500);
    json::Writer out(text);
    out.begin_object();
    out.field("id", "msg_" + answer.id)
        .field("type", "message")
        .field("role", "assistant")
        .field("model", answer.model);
    write_content(out, answer);
    out.field("stop_reason", either(answer.finish, answer.out_of_tokens ? "max_tokens" : "end_turn"));
    out.key("stop_sequence").null();
    write_usage(out, answer);
    out.end_object();
    return text;
  }

  std::string error(const ErrorAnswer& error) const override {
    std::string text;
    json::Writer out(text);
    out.begin_object().field("type", "error").key("error").begin_object();
    out.field("type", either(error.type, usual_type(error.status)));
    out.field("message", either(error.message, usual_message(error.status)));
    if (!error.code.empty()) out.key("details").begin_object().field("error_code", error.code).end_object();
    out.end_object().field("request_id", "req_" + error.id).end_object();
    return text;
  }
};

}  // namespace

const Dialect& anthropic() {
  static const Anthropic dialect;
  return dialect;
}

}  // namespace assay::fake
