#include "fake/aws_frame.hpp"
#include "fake/aws_signature.hpp"
#include "fake/messages.hpp"
#include "fake/wording.hpp"

namespace assay::fake {
namespace {

constexpr std::string_view models = "/model/";

std::string_view usual_code(int status) {
  switch (status) {
    case 400:
      return "ValidationException";
    case 403:
      return "AccessDeniedException";
    case 404:
      return "ResourceNotFoundException";
    case 408:
      return "ModelTimeoutException";
    case 424:
      return "ModelErrorException";
    case 429:
      return "ThrottlingException";
    case 503:
      return "ServiceUnavailableException";
    default:
      return status < 500 ? "ValidationException" : status == 500 ? "InternalServerException" : "UnknownException";
  }
}

std::string_view stop_reason(const Answer& answer) {
  if (!answer.finish.empty()) return answer.finish;
  if (answer.out_of_tokens) return "max_tokens";
  if (!answer.refusal.empty()) return "guardrail_intervened";
  return answer.tool_calls.empty() ? "end_turn" : "tool_use";
}

std::string_view text_of(const Answer& answer) {
  return answer.refusal.empty() ? answer.text : answer.refusal;
}

bool has_text(const Answer& answer) {
  return answer.content == Answer::Content::text && !(answer.text.empty() && !answer.tool_calls.empty());
}

void write_usage(json::Writer& out, const Answer& answer) {
  if (!begins_usage(out, "usage", answer)) return;
  const std::int64_t some = answer.usage == UsageManner::zero ? 0 : 1;
  // This vendor counts what its cache gave and took beside the input, not in it.
  out.begin_object().field("inputTokens", (answer.tokens_in - answer.tokens_cached - answer.tokens_written) * some);
  out.field("outputTokens", answer.tokens_out * some);
  out.field("totalTokens", (answer.tokens_in + answer.tokens_out) * some);
  if (answer.tokens_cached != 0) out.field("cacheReadInputTokens", answer.tokens_cached * some);
  if (answer.tokens_written != 0) out.field("cacheWriteInputTokens", answer.tokens_written * some);
  out.end_object();
}

void write_metrics(json::Writer& out) {
  out.key("metrics").begin_object().field("latencyMs", 551).end_object();
}

void write_input(json::Writer& out, const ToolCall& call) {
  out.key("input");
  if (json::parse(call.arguments)) {
    out.raw(call.arguments);
  } else {
    out.begin_object().end_object();
  }
}

void write_content(json::Writer& out, const Answer& answer) {
  out.key("content");
  if (answer.content == Answer::Content::null) {
    out.null();
    return;
  }
  out.begin_array();
  if (!answer.reasoning.empty()) {
    out.begin_object().key("reasoningContent").begin_object().key("reasoningText").begin_object();
    out.field("text", answer.reasoning).field("signature", "c2lnbmF0dXJl").end_object().end_object().end_object();
  }
  if (has_text(answer)) out.begin_object().field("text", text_of(answer)).end_object();
  for (std::size_t i = 0; i < answer.tool_calls.size(); ++i) {
    out.begin_object().key("toolUse").begin_object().field("toolUseId", "tooluse_" + tool_id(answer, i));
    out.field("name", answer.tool_calls[i].name);
    write_input(out, answer.tool_calls[i]);
    out.end_object().end_object();
  }
  out.end_array();
}

/// The frames of one answer.
class Frames {
 public:
  std::vector<Piece> pieces;

  template <class Members>
  void add(Piece::Kind kind, std::string_view name, const Members& members) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    members(out);
    out.end_object();
    pieces.push_back({kind, aws_frame(name, text)});
  }

  template <class Delta>
  void delta(const Delta& members) {
    add(Piece::Kind::content, "contentBlockDelta", [&](json::Writer& out) {
      out.field("contentBlockIndex", block_).key("delta").begin_object();
      members(out);
      out.end_object();
    });
  }

  void tool_start(std::string_view id, std::string_view name) {
    add(Piece::Kind::opening, "contentBlockStart", [&](json::Writer& out) {
      out.field("contentBlockIndex", block_).key("start").begin_object().key("toolUse").begin_object();
      out.field("toolUseId", id).field("name", name).end_object().end_object();
    });
  }

  void stop() {
    add(Piece::Kind::opening, "contentBlockStop", [&](json::Writer& out) { out.field("contentBlockIndex", block_); });
    ++block_;
  }

 private:
  int block_ = 0;
};

void tool_call(Frames& frames, const Answer& answer, std::size_t i) {
  const ToolCall& call = answer.tool_calls[i];
  frames.tool_start("tooluse_" + tool_id(answer, i), call.name);
  const std::size_t half = call.arguments.size() / 2;
  for (const std::string& part : {call.arguments.substr(0, half), call.arguments.substr(half)}) {
    frames.delta([&](json::Writer& out) { out.key("toolUse").begin_object().field("input", part).end_object(); });
  }
  frames.stop();
}

std::string embeddings_body(const Answer& answer) {
  std::string text;
  json::Writer out(text);
  out.begin_object();
  if (answer.wish.one_embedding) {
    out.key("embedding");
    write_vector(out, answer.wish.inputs.front(), answer.wish.dimensions);
    if (answer.usage != UsageManner::missing) out.field("inputTextTokenCount", answer.tokens_in);
  } else {
    out.key("embeddings").begin_array();
    for (const std::string& input : answer.wish.inputs) write_vector(out, input, answer.wish.dimensions);
    out.end_array().field("id", "emb-" + answer.id).field("response_type", "embeddings_floats");
  }
  out.end_object();
  return text;
}

ErrorAnswer refused(int status, std::string code, std::string message) {
  ErrorAnswer error;
  error.status = status;
  error.code = std::move(code);
  error.message = std::move(message);
  return error;
}

class Bedrock final : public Dialect {
 public:
  std::string_view name() const override { return "bedrock"; }
  std::string_view id_header() const override { return "x-amzn-requestid"; }
  std::string_view stream_type() const override { return "application/vnd.amazon.eventstream"; }

  std::string key_of(const net::ServerRequest& request) const override {
    return is_signed(request) ? signer_of(request) : bearer_of(request);
  }

  std::optional<ErrorAnswer> unauthorized(const net::ServerRequest& request, const Script& script) const override {
    if (!is_signed(request)) return std::nullopt;
    const std::string fault = signature_fault(request, script.aws_secret);
    if (fault.empty()) return std::nullopt;
    return refused(403, "InvalidSignatureException", "The request signature is wrong: " + fault);
  }

  Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const override {
    const std::string_view path = request.path();
    const std::size_t at = path.find(models) + models.size(), slash = path.find('/', at);
    if (slash == std::string_view::npos) return failure(refused(404, "UnknownOperationException", ""));
    if (path.find(':') != std::string_view::npos)
      return failure(bad_request("the model's name is not percent-encoded"));
    std::string model = percent_decoded(path.substr(at, slash - at));
    const std::string_view operation = path.substr(slash + 1);
    const auto document = read_json(request);
    if (!document) return failure(document.error());
    const json::View root = document->root();
    if (operation == "invoke") {
      const bool one = root["inputText"].exists();
      auto question = embedding_question(std::move(model), texts_of(root[one ? "inputText" : "texts"]),
                                         root["dimensions"].as_int64());
      if (question) question->wish.one_embedding = one;
      return question;
    }
    if (operation != "converse" && operation != "converse-stream")
      return failure(refused(404, "UnknownOperationException", ""));
    Question question;
    question.model = std::move(model);
    if (root["system"]) add_message(question, "system", root["system"]);
    for (json::View message : root["messages"].elements()) {
      const std::string_view role = message["role"].string_or("");
      if (role != "user" && role != "assistant") return failure(bad_request("messages: roles are user and assistant"));
      if (!message["content"].is_array()) return failure(bad_request("messages: content is a list"));
      add_message(question, role, message["content"]);
    }
    if (root["messages"].size() == 0) return failure(bad_request("messages: field required"));
    question.max_tokens = root["inferenceConfig"]["maxTokens"].as_int64();
    question.wish.stream = operation == "converse-stream";
    return question;
  }

  std::string answer(const Answer& answer) const override {
    if (answer.wish.embeddings) return embeddings_body(answer);
    std::string text;
    text.reserve(answer.text.size() + 500);
    json::Writer out(text);
    out.begin_object();
    if (answer.content != Answer::Content::none) {
      out.key("output").begin_object().key("message").begin_object().field("role", "assistant");
      write_content(out, answer);
      out.end_object().end_object();
    }
    out.field("stopReason", stop_reason(answer));
    write_usage(out, answer);
    write_metrics(out);
    out.end_object();
    return text;
  }

  std::vector<Piece> stream(const Answer& answer, const std::vector<std::string_view>& texts) const override {
    Frames frames;
    frames.add(Piece::Kind::opening, "messageStart", [](json::Writer& out) { out.field("role", "assistant"); });
    if (!answer.reasoning.empty()) {
      frames.delta([&](json::Writer& out) {
        out.key("reasoningContent").begin_object().field("text", answer.reasoning).end_object();
      });
      frames.stop();
    }
    if (has_text(answer)) {
      if (!answer.refusal.empty()) frames.delta([&](json::Writer& out) { out.field("text", answer.refusal); });
      for (const std::string_view text : texts) frames.delta([&](json::Writer& out) { out.field("text", text); });
      frames.stop();
    }
    for (std::size_t i = 0; i < answer.tool_calls.size(); ++i) tool_call(frames, answer, i);
    frames.add(Piece::Kind::closing, "messageStop",
               [&](json::Writer& out) { out.field("stopReason", stop_reason(answer)); });
    frames.add(Piece::Kind::marker, "metadata", [&](json::Writer& out) {
      write_usage(out, answer);
      write_metrics(out);
    });
    return std::move(frames.pieces);
  }

  std::string error(const ErrorAnswer& error) const override {
    std::string text;
    json::Writer(text).begin_object().field("message", either(error.message, "The request was refused.")).end_object();
    return text;
  }

  void add_error_headers(net::ServerResponse& response, const ErrorAnswer& error) const override {
    response.add("x-amzn-ErrorType",
                 std::string(either(error.code, usual_code(error.status))) + ":http://internal.amazon.com/");
  }

  std::string event(std::string_view name, std::string_view data) const override {
    return aws_frame(either(name, "contentBlockDelta"), data, name.ends_with("Exception"));
  }
  std::string error_event(const ErrorAnswer& error) const override {
    std::string name(either(error.code, usual_code(error.status)));
    name[0] = static_cast<char>(name[0] | 0x20);
    return aws_frame(name, this->error(error), true);
  }
  std::string ping() const override { return event("ping", "{}"); }
  std::string comment() const override { return event("comment", "{}"); }
  std::string unknown_event() const override { return event("novelty", R"({"more":[1]})"); }
  std::string bad_event() const override {
    return event("contentBlockDelta", R"({"contentBlockIndex":0,"delta":{"text":"never)");
  }
  std::string_view line_start() const override {
    static const std::string announced = aws_prelude(200u << 20, 0);
    return announced;
  }
  std::string spoiled(std::string bytes) const override {
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    return bytes;
  }
  std::string replaced(std::string bytes, std::string_view part, std::string_view by) const override {
    return aws_frame_with(std::move(bytes), part, by);
  }
};

}  // namespace

const Dialect& bedrock() {
  static const Bedrock dialect;
  return dialect;
}

}  // namespace assay::fake
