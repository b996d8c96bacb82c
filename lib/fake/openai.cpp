#include <algorithm>

#include "fake/dialect.hpp"
#include "fake/messages.hpp"
#include "json/writer.hpp"

namespace assay::fake {
namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::int64_t created = 1'700'000'000;  // no clock in here: the field is there because clients expect it

std::string_view usual_type(int status) {
  switch (status) {
    case 401:
      return "authentication_error";
    case 403:
      return "permission_error";
    case 429:
      return "requests";
    default:
      return status < 500 ? "invalid_request_error" : "server_error";
  }
}

std::string_view usual_code(int status) {
  switch (status) {
    case 401:
      return "invalid_api_key";
    case 404:
      return "model_not_found";
    case 429:
      return "rate_limit_exceeded";
    default:
      return "";
  }
}

std::string_view usual_message(int status) {
  switch (status) {
    case 401:
      return "Incorrect API key provided.";
    case 404:
      return "The model does not exist or you do not have access to it.";
    case 429:
      return "Rate limit reached for requests.";
    default:
      return status < 500 ? "The request was refused." : "The server had an error while processing your request.";
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
  out.field("prompt_tokens", answer.tokens_in * some);
  out.field("completion_tokens", answer.tokens_out * some);
  out.field("total_tokens", (answer.tokens_in + answer.tokens_out) * some);
  out.key("prompt_tokens_details").begin_object().field("cached_tokens", answer.tokens_cached * some).end_object();
  out.key("completion_tokens_details").begin_object().field("reasoning_tokens", 0).end_object();
  out.end_object();
}

void write_choice(json::Writer& out, const Answer& answer) {
  out.begin_object().field("index", 0);
  out.key("message").begin_object().field("role", "assistant").key("content");
  if (answer.content == Answer::Content::null) {
    out.null();
  } else {
    out.string(answer.content == Answer::Content::empty ? std::string_view() : answer.text);
  }
  out.key("refusal").null().end_object();
  out.key("logprobs").null();
  out.field("finish_reason", either(answer.finish, answer.out_of_tokens ? "length" : "stop"));
  out.end_object();
}

class OpenAi final : public Dialect {
 public:
  std::string_view name() const override { return "openai"; }
  std::string_view id_header() const override { return "x-request-id"; }

  std::string key_of(const net::ServerRequest& request) const override {
    const std::string_view value = request.header("authorization").value_or("");
    return value.substr(0, bearer.size()) == bearer ? std::string(value.substr(bearer.size())) : std::string();
  }

  Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const override {
    auto body = read_body(request);
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
    return std::move(body->question);
  }

  std::string answer(const Answer& answer) const override {
    std::string text;
    text.reserve(answer.text.size() + 600);
    json::Writer out(text);
    out.begin_object();
    out.field("id", "chatcmpl-" + answer.id).field("object", "chat.completion").field("created", created);
    out.field("model", answer.model);
    out.key("choices").begin_array();
    if (answer.content != Answer::Content::none) write_choice(out, answer);
    out.end_array();
    write_usage(out, answer);
    out.field("service_tier", "default").key("system_fingerprint").null().end_object();
    return text;
  }

  std::string error(const ErrorAnswer& error) const override {
    std::string text;
    json::Writer out(text);
    out.begin_object().key("error").begin_object();
    out.field("message", either(error.message, usual_message(error.status)));
    out.field("type", either(error.type, usual_type(error.status)));
    out.key("param").null();
    const std::string_view code = either(error.code, usual_code(error.status));
    if (code.empty()) {
      out.key("code").null();
    } else {
      out.field("code", code);
    }
    out.end_object().end_object();
    return text;
  }
};

}  // namespace

const Dialect& openai() {
  static const OpenAi dialect;
  return dialect;
}

}  // namespace assay::fake
