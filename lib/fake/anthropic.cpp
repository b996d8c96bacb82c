#include "fake/dialect.hpp"
#include "fake/messages.hpp"
#include "fake/wording.hpp"

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

/// `output`: what the answer has used so far.
void write_usage(json::Writer& out, const Answer& answer, std::int64_t output) {
  if (!begins_usage(out, "usage", answer)) return;
  const std::int64_t some = answer.usage == UsageManner::zero ? 0 : 1;
  out.begin_object();
  // This vendor counts what was read from its cache, and what was written into it, beside the input, not in it.
  out.field("input_tokens", (answer.tokens_in - answer.tokens_cached - answer.tokens_written) * some);
  out.field("cache_creation_input_tokens", answer.tokens_written * some);
  out.field("cache_read_input_tokens", answer.tokens_cached * some);
  out.field("output_tokens", output * some);
  if (answer.tokens_reasoning != 0) {
    out.key("output_tokens_details")
        .begin_object()
        .field("thinking_tokens", answer.tokens_reasoning * some)
        .end_object();
  }
  out.field("service_tier", "standard");
  out.end_object();
}

std::string_view stop_reason(const Answer& answer) {
  if (!answer.finish.empty()) return answer.finish;
  if (answer.out_of_tokens) return "max_tokens";
  if (!answer.refusal.empty()) return "refusal";
  return answer.tool_calls.empty() ? "end_turn" : "tool_use";
}

bool has_text(const Answer& answer) {
  return answer.content == Answer::Content::text && !(answer.text.empty() && !answer.tool_calls.empty());
}

std::string_view text_of(const Answer& answer) {
  return answer.refusal.empty() ? answer.text : answer.refusal;
}

void write_content(json::Writer& out, const Answer& answer) {
  if (answer.content == Answer::Content::none) return;
  out.key("content");
  if (answer.content == Answer::Content::null) {
    out.null();
    return;
  }
  out.begin_array();
  if (!answer.reasoning.empty()) {
    out.begin_object().field("type", "thinking").field("thinking", answer.reasoning);
    out.field("signature", "c2lnbmF0dXJl").end_object();
  }
  if (has_text(answer)) out.begin_object().field("type", "text").field("text", text_of(answer)).end_object();
  for (std::size_t i = 0; i < answer.tool_calls.size(); ++i) {
    out.begin_object().field("type", "tool_use").field("id", "toolu_" + tool_id(answer, i));
    out.field("name", answer.tool_calls[i].name).key("input");
    // This vendor sends arguments as a value: what cannot be one is not sent.
    const auto arguments = json::parse(answer.tool_calls[i].arguments);
    if (arguments) {
      out.raw(answer.tool_calls[i].arguments);
    } else {
      out.begin_object().end_object();
    }
    out.end_object();
  }
  out.end_array();
}

/// Writes the events of one answer.
class Events {
 public:
  explicit Events(const Answer& answer) : answer_(answer) {}
  std::vector<Piece> pieces;

  template <class Members>
  void add(Piece::Kind kind, std::string_view type, const Members& members) {
    std::string text;
    json::Writer out(text);
    out.begin_object().field("type", type);
    members(out);
    out.end_object();
    pieces.push_back({kind, sse(type, text)});
  }

  void message_start() {
    add(Piece::Kind::opening, "message_start", [&](json::Writer& out) {
      out.key("message").begin_object().field("id", "msg_" + answer_.id).field("type", "message");
      out.field("role", "assistant").field("model", answer_.model).key("content").begin_array().end_array();
      out.key("stop_reason").null().key("stop_sequence").null();
      write_usage(out, answer_, 1);
      out.end_object();
    });
    add(Piece::Kind::opening, "ping", [](json::Writer&) {});
  }

  /// A block: `start` writes the members of its content_block, `deltas` its deltas by block().
  template <class Start, class Deltas>
  void block(const Start& start, const Deltas& deltas) {
    add(Piece::Kind::opening, "content_block_start", [&](json::Writer& out) {
      out.field("index", index_).key("content_block").begin_object();
      start(out);
      out.end_object();
    });
    deltas();
    add(Piece::Kind::opening, "content_block_stop", [&](json::Writer& out) { out.field("index", index_); });
    ++index_;
  }

  void delta(std::string_view type, std::string_view member, std::string_view text) {
    const bool content = type != "signature_delta";
    add(content ? Piece::Kind::content : Piece::Kind::opening, "content_block_delta", [&](json::Writer& out) {
      out.field("index", index_).key("delta").begin_object().field("type", type).field(member, text).end_object();
    });
  }

  void message_end() {
    add(Piece::Kind::closing, "message_delta", [&](json::Writer& out) {
      out.key("delta")
          .begin_object()
          .field("stop_reason", stop_reason(answer_))
          .key("stop_sequence")
          .null()
          .end_object();
      write_usage(out, answer_, answer_.tokens_out);
    });
    add(Piece::Kind::marker, "message_stop", [](json::Writer&) {});
  }

 private:
  const Answer& answer_;
  int index_ = 0;
};

void tool_call(Events& events, const Answer& answer, std::size_t i) {
  const ToolCall& call = answer.tool_calls[i];
  events.block(
      [&](json::Writer& out) {
        out.field("type", "tool_use").field("id", "toolu_" + tool_id(answer, i)).field("name", call.name);
        out.key("input").begin_object().end_object();
      },
      [&] {
        const std::size_t half = call.arguments.size() / 2;
        events.delta("input_json_delta", "partial_json", "");
        events.delta("input_json_delta", "partial_json", std::string_view(call.arguments).substr(0, half));
        events.delta("input_json_delta", "partial_json", std::string_view(call.arguments).substr(half));
      });
}

class Anthropic final : public Dialect {
 public:
  std::string_view name() const override { return "anthropic"; }
  std::string_view id_header() const override { return "request-id"; }

  std::string key_of(const net::ServerRequest& request) const override { return key_in("x-api-key", request); }

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
    out.field("stop_reason", stop_reason(answer));
    out.key("stop_sequence").null();
    write_usage(out, answer, answer.tokens_out);
    out.end_object();
    return text;
  }

  std::vector<Piece> stream(const Answer& answer, const std::vector<std::string_view>& texts) const override {
    Events events(answer);
    events.message_start();
    if (!answer.reasoning.empty()) {
      events.block(
          [](json::Writer& out) { out.field("type", "thinking").field("thinking", "").field("signature", ""); },
          [&] {
            events.delta("thinking_delta", "thinking", answer.reasoning);
            events.delta("signature_delta", "signature", "c2lnbmF0dXJl");
          });
    }
    if (has_text(answer)) {
      events.block([](json::Writer& out) { out.field("type", "text").field("text", ""); },
                   [&] {
                     if (!answer.refusal.empty()) events.delta("text_delta", "text", answer.refusal);
                     for (const std::string_view text : texts) events.delta("text_delta", "text", text);
                   });
    }
    for (std::size_t i = 0; i < answer.tool_calls.size(); ++i) tool_call(events, answer, i);
    events.message_end();
    return std::move(events.pieces);
  }

  std::string error_event(const ErrorAnswer& error) const override { return sse("error", this->error(error)); }
  std::string event(std::string_view name, std::string_view data) const override { return sse(name, data); }
  std::string ping() const override { return sse("ping", R"({"type": "ping"})"); }
  std::string unknown_event() const override {
    return sse("content_block_novelty", R"({"type":"content_block_novelty","index":0,"more":[1]})");
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
