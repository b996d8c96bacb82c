#include "fake/messages.hpp"
#include "fake/wording.hpp"

namespace assay::fake {
namespace {

void write_head(json::Writer& out, const Answer& answer) {
  out.begin_object().field("model", answer.model).field("created_at", "2026-11-21T00:00:00Z");
}

void write_tool_calls(json::Writer& out, const Answer& answer) {
  out.key("tool_calls").begin_array();
  for (const ToolCall& call : answer.tool_calls) {
    out.begin_object().key("function").begin_object().field("name", call.name).key("arguments");
    if (json::parse(call.arguments)) {
      out.raw(call.arguments);
    } else {
      out.begin_object().end_object();
    }
    out.end_object().end_object();
  }
  out.end_array();
}

void write_count(json::Writer& out, std::string_view name, std::int64_t count, UsageManner manner) {
  if (manner == UsageManner::null) {
    out.key(name).null();
  } else {
    out.field(name, manner == UsageManner::zero ? 0 : count);
  }
}

void write_end(json::Writer& out, const Answer& answer) {
  out.field("done", true).field("done_reason", either(answer.finish, answer.out_of_tokens ? "length" : "stop"));
  out.field("total_duration", 912000000).field("load_duration", 210000000);
  if (answer.usage != UsageManner::missing) {
    write_count(out, "prompt_eval_count", answer.tokens_in, answer.usage);
    out.field("prompt_eval_duration", 41000000);
    write_count(out, "eval_count", answer.tokens_out, answer.usage);
  }
  out.field("eval_duration", 64000000).end_object();
}

std::string_view text_of(const Answer& answer) {
  return answer.refusal.empty() ? answer.text : answer.refusal;
}

std::string embeddings_body(const Answer& answer) {
  std::string text;
  json::Writer out(text);
  out.begin_object().field("model", answer.model).key("embeddings").begin_array();
  for (const std::string& input : answer.wish.inputs) write_vector(out, input, answer.wish.dimensions);
  out.end_array();
  if (answer.usage != UsageManner::missing) write_count(out, "prompt_eval_count", answer.tokens_in, answer.usage);
  out.end_object();
  return text;
}

class Ollama final : public Dialect {
 public:
  std::string_view name() const override { return "ollama"; }
  std::string_view id_header() const override { return {}; }
  std::string_view stream_type() const override { return "application/x-ndjson"; }
  std::string key_of(const net::ServerRequest& request) const override { return bearer_of(request); }

  Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const override {
    if (request.path().ends_with("/embed")) {
      const auto document = read_json(request);
      if (!document) return failure(document.error());
      const json::View root = document->root();
      return embedding_question(std::string(root["model"].string_or("")), texts_of(root["input"]),
                                root["dimensions"].as_int64());
    }
    auto body = read_body(request);
    if (!body) return failure(body.error());
    const json::View root = body->document.root();
    for (json::View message : root["messages"].elements()) {
      add_message(body->question, message["role"].string_or(""), message["content"]);
    }
    const auto limit = root["options"]["num_predict"].as_int64();
    if (limit && *limit > 0) body->question.max_tokens = limit;
    body->question.wish.stream = root["stream"].as_bool().value_or(true);
    return std::move(body->question);
  }

  std::string answer(const Answer& answer) const override {
    if (answer.wish.embeddings) return embeddings_body(answer);
    std::string text;
    text.reserve(answer.text.size() + 500);
    json::Writer out(text);
    write_head(out, answer);
    if (answer.content != Answer::Content::none) {
      out.key("message").begin_object().field("role", "assistant").key("content");
      if (answer.content == Answer::Content::null) {
        out.null();
      } else {
        out.string(text_of(answer));
      }
      if (!answer.reasoning.empty()) out.field("thinking", answer.reasoning);
      if (!answer.tool_calls.empty()) write_tool_calls(out, answer);
      out.end_object();
    }
    write_end(out, answer);
    return text;
  }

  std::vector<Piece> stream(const Answer& answer, const std::vector<std::string_view>& texts) const override {
    std::vector<Piece> pieces;
    const auto line = [&](Piece::Kind kind, const auto& message, const auto& end) {
      std::string text;
      json::Writer out(text);
      write_head(out, answer);
      out.key("message").begin_object().field("role", "assistant");
      message(out);
      out.end_object();
      end(out);
      pieces.push_back({kind, text + "\n"});
    };
    const auto more = [](json::Writer& out) { out.field("done", false).end_object(); };
    const auto content = [&](std::string_view text) {
      line(
          Piece::Kind::content, [&](json::Writer& out) { out.field("content", text); }, more);
    };
    if (!answer.reasoning.empty()) {
      line(
          Piece::Kind::content,
          [&](json::Writer& out) { out.field("content", "").field("thinking", answer.reasoning); }, more);
    }
    if (!answer.refusal.empty()) content(answer.refusal);
    for (const std::string_view text : texts) content(text);
    if (!answer.tool_calls.empty()) {
      line(
          Piece::Kind::content,
          [&](json::Writer& out) {
            out.field("content", "");
            write_tool_calls(out, answer);
          },
          more);
    }
    line(
        Piece::Kind::marker, [](json::Writer& out) { out.field("content", ""); },
        [&](json::Writer& out) { write_end(out, answer); });
    return pieces;
  }

  std::string error(const ErrorAnswer& error) const override {
    std::string text;
    json::Writer(text).begin_object().field("error", either(error.message, usual_message(error.status))).end_object();
    return text;
  }

  std::string event(std::string_view, std::string_view data) const override { return std::string(data) + "\n"; }
  std::string error_event(const ErrorAnswer& error) const override { return this->error(error) + "\n"; }
  /// The framing has no pings: an answer that says nothing yet.
  std::string ping() const override {
    return "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":false}\n";
  }
  std::string comment() const override { return "\n"; }
  std::string unknown_event() const override { return "{\"novelty\":{\"more\":[1]}}\n"; }
  std::string bad_event() const override { return "{\"message\":{\"content\":never}}\n"; }
  std::string_view line_start() const override { return "{\"model\":\"m\",\"message\":{\"content\":\""; }

 private:
  static std::string_view usual_message(int status) {
    switch (status) {
      case 404:
        return "model 'm' not found";
      case 503:
        return "server busy, please try again. maximum pending requests exceeded";
      default:
        return status < 500 ? "the request was refused" : "an error was encountered while running the model";
    }
  }
};

}  // namespace

const Dialect& ollama() {
  static const Ollama dialect;
  return dialect;
}

}  // namespace assay::fake
