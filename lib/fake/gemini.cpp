#include "fake/messages.hpp"
#include "fake/wording.hpp"

namespace assay::fake {
namespace {

constexpr std::string_view models = "/models/";

std::string_view usual_status(int status) {
  switch (status) {
    case 400:
      return "INVALID_ARGUMENT";
    case 401:
      return "UNAUTHENTICATED";
    case 403:
      return "PERMISSION_DENIED";
    case 404:
      return "NOT_FOUND";
    case 429:
      return "RESOURCE_EXHAUSTED";
    case 499:
      return "CANCELLED";
    case 503:
      return "UNAVAILABLE";
    case 504:
      return "DEADLINE_EXCEEDED";
    default:
      return status == 500 ? "INTERNAL" : "UNKNOWN";
  }
}

std::string_view finish_reason(const Answer& answer) {
  if (!answer.finish.empty()) return answer.finish;
  if (answer.out_of_tokens) return "MAX_TOKENS";
  return answer.refusal.empty() ? "STOP" : "SAFETY";
}

void write_usage(json::Writer& out, const Answer& answer, std::int64_t output) {
  if (!begins_usage(out, "usageMetadata", answer)) return;
  const std::int64_t some = answer.usage == UsageManner::zero ? 0 : 1;
  const std::int64_t thoughts = std::min(answer.tokens_reasoning, output);
  // This vendor counts thoughts beside the answer's tokens, not in them.
  out.begin_object().field("promptTokenCount", answer.tokens_in * some);
  if (answer.tokens_cached != 0) out.field("cachedContentTokenCount", answer.tokens_cached * some);
  out.field("candidatesTokenCount", (output - thoughts) * some);
  if (thoughts != 0) out.field("thoughtsTokenCount", thoughts * some);
  out.field("totalTokenCount", (answer.tokens_in + output) * some).end_object();
}

template <class Parts>
std::string response(const Answer& answer, std::string_view finish, std::int64_t output, const Parts& parts) {
  std::string text;
  json::Writer out(text);
  out.begin_object();
  if (answer.content != Answer::Content::none) {
    out.key("candidates").begin_array().begin_object();
    if (answer.content != Answer::Content::null && answer.refusal.empty()) {
      out.key("content").begin_object().field("role", "model").key("parts").begin_array();
      parts(out);
      out.end_array().end_object();
    }
    if (!finish.empty()) out.field("finishReason", finish);
    out.field("index", 0).end_object().end_array();
  }
  write_usage(out, answer, output);
  out.field("modelVersion", answer.model).field("responseId", "resp-" + answer.id).end_object();
  return text;
}

void thought(json::Writer& out, const Answer& answer) {
  out.begin_object().field("text", answer.reasoning).field("thought", true).end_object();
}

void text_part(json::Writer& out, std::string_view text) {
  out.begin_object().field("text", text).end_object();
}

void call_part(json::Writer& out, const ToolCall& call) {
  out.begin_object().key("functionCall").begin_object().field("name", call.name).key("args");
  if (json::parse(call.arguments)) {
    out.raw(call.arguments);
  } else {
    out.begin_object().end_object();
  }
  out.end_object().end_object();
}

std::string embeddings_body(const Answer& answer) {
  std::string text;
  json::Writer out(text);
  out.begin_object();
  if (!answer.wish.one_embedding) out.key("embeddings").begin_array();
  for (const std::string& input : answer.wish.inputs) {
    if (answer.wish.one_embedding) out.key("embedding");
    out.begin_object().key("values");
    write_vector(out, input, answer.wish.dimensions);
    out.end_object();
    if (answer.wish.one_embedding) break;
  }
  if (!answer.wish.one_embedding) out.end_array();
  out.end_object();
  return text;
}

Result<Question, ErrorAnswer> read_embeddings(json::View root, std::string model, bool one) {
  std::vector<std::string> inputs;
  std::optional<std::int64_t> dimensions = root["outputDimensionality"].as_int64();
  if (one) inputs.push_back(text_of(root["content"]["parts"]));
  for (json::View request : root["requests"].elements()) {
    inputs.push_back(text_of(request["content"]["parts"]));
    if (const auto stated = request["outputDimensionality"].as_int64()) dimensions = stated;
  }
  auto question = embedding_question(std::move(model), std::move(inputs), dimensions);
  if (question) question->wish.one_embedding = one;
  return question;
}

class Gemini final : public Dialect {
 public:
  std::string_view name() const override { return "gemini"; }
  std::string_view id_header() const override { return {}; }

  std::string key_of(const net::ServerRequest& request) const override { return key_in("x-goog-api-key", request); }

  Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const override {
    if (request.query_value("key")) return failure(bad_request("a key does not belong into a URL"));
    const std::string_view path = request.path();
    const std::size_t at = path.find(models) + models.size(), colon = path.rfind(':');
    if (colon == std::string_view::npos || colon < at) return failure(bad_request("the path names no method"));
    const std::string model = percent_decoded(path.substr(at, colon - at));
    const std::string_view method = path.substr(colon + 1);
    const auto document = read_json(request);
    if (!document) return failure(document.error());
    const json::View root = document->root();
    if (method == "embedContent" || method == "batchEmbedContents")
      return read_embeddings(root, model, method == "embedContent");
    Question question;
    question.model = model;
    if (root["systemInstruction"]) add_message(question, "system", root["systemInstruction"]["parts"]);
    for (json::View content : root["contents"].elements()) {
      const std::string_view role = content["role"].string_or("user");
      if (role != "user" && role != "model") return failure(bad_request("Please use a valid role: user, model."));
      add_message(question, role, content["parts"]);
    }
    if (root["contents"].size() == 0) return failure(bad_request("contents is not specified"));
    question.max_tokens = root["generationConfig"]["maxOutputTokens"].as_int64();
    question.wish.stream = method == "streamGenerateContent" && request.query_value("alt") == "sse";
    return question;
  }

  std::string answer(const Answer& answer) const override {
    if (answer.wish.embeddings) return embeddings_body(answer);
    return response(answer, finish_reason(answer), answer.tokens_out, [&](json::Writer& out) {
      if (answer.content == Answer::Content::empty) return;
      if (!answer.reasoning.empty()) thought(out, answer);
      if (!answer.text.empty() || answer.tool_calls.empty()) text_part(out, answer.text);
      for (const ToolCall& call : answer.tool_calls) call_part(out, call);
    });
  }

  std::vector<Piece> stream(const Answer& answer, const std::vector<std::string_view>& texts) const override {
    std::vector<Piece> pieces;
    std::int64_t output = 0;
    const auto add = [&](Piece::Kind kind, std::string_view finish, const auto& parts) {
      output = finish.empty() ? std::min(output + 1, answer.tokens_out) : answer.tokens_out;
      pieces.push_back({kind, sse("", response(answer, finish, output, parts))});
    };
    if (answer.content == Answer::Content::none) return {{Piece::Kind::marker, sse("", this->answer(answer))}};
    if (!answer.reasoning.empty()) add(Piece::Kind::content, "", [&](json::Writer& out) { thought(out, answer); });
    for (const std::string_view text : texts) {
      add(Piece::Kind::content, "", [&](json::Writer& out) { text_part(out, text); });
    }
    for (const ToolCall& call : answer.tool_calls) {
      add(Piece::Kind::content, "", [&](json::Writer& out) { call_part(out, call); });
    }
    add(Piece::Kind::marker, finish_reason(answer), [](json::Writer& out) { text_part(out, ""); });
    return pieces;
  }

  std::string error(const ErrorAnswer& error) const override {
    std::string text;
    json::Writer out(text);
    out.begin_object().key("error").begin_object().field("code", error.status);
    out.field("message", either(error.message, "The request was refused."));
    out.field("status", either(error.code, usual_status(error.status)));
    if (!error.type.empty()) {
      out.key("details").begin_array().begin_object();
      out.field("@type", "type.googleapis.com/google.rpc.ErrorInfo").field("reason", error.type);
      out.end_object().end_array();
    }
    out.end_object().end_object();
    return text;
  }

  std::string error_event(const ErrorAnswer& error) const override { return sse("", this->error(error)); }
  std::string bad_event() const override {
    return sse("", R"({"candidates": [{"content": {"parts": [{"text": "never)");
  }
  std::string unknown_event() const override { return sse("", R"({"novelty": {"more": [1]}})"); }
};

}  // namespace

const Dialect& gemini() {
  static const Gemini dialect;
  return dialect;
}

}  // namespace assay::fake
