#include "fake/openai_wording.hpp"

namespace assay::fake {
namespace {

/// Writes chunks of one answer; all have the same head.
class Chunks {
 public:
  explicit Chunks(const Answer& answer) : answer_(answer) {}

  std::vector<Piece> pieces;

  /// A chunk of one choice: `delta` writes the delta's members.
  template <class Delta>
  void choice(Piece::Kind kind, std::string_view finish, const Delta& delta) {
    std::string text;
    json::Writer out(text);
    head(out);
    out.key("choices").begin_array().begin_object().field("index", 0).key("delta").begin_object();
    delta(out);
    out.end_object().key("logprobs").null().key("finish_reason");
    if (finish.empty()) {
      out.null();
    } else {
      out.string(finish);
    }
    if (!finish.empty() && answer_.manner == Manner::openrouter) out.field("native_finish_reason", "STOP");
    out.end_object().end_array();
    end(kind, out, text);
  }

  void prompt_filter() {
    std::string text;
    json::Writer out(text);
    out.begin_object().field("id", "").field("object", "").field("created", 0).field("model", "");
    out.key("choices").begin_array().end_array().key("prompt_filter_results").begin_array().begin_object();
    out.field("prompt_index", 0).key("content_filter_results").begin_object().key("hate").begin_object();
    out.field("filtered", false).field("severity", "safe").end_object().end_object().end_object().end_array();
    end(Piece::Kind::opening, out, text);
  }

  void usage() {
    if (answer_.usage == UsageManner::missing) return;
    std::string text;
    json::Writer out(text);
    head(out);
    out.key("choices").begin_array().end_array().key("usage");
    if (answer_.usage == UsageManner::null) {
      out.null();
    } else {
      write_usage_members(out, answer_);
    }
    end(Piece::Kind::usage, out, text);
  }

 private:
  void head(json::Writer& out) {
    out.begin_object().field("id", "chatcmpl-" + answer_.id).field("object", "chat.completion.chunk");
    out.field("created", created).field("model", answer_.model);
    out.field("service_tier", "default").field("system_fingerprint", "fp_fake");
    write_manner(out, answer_);
  }

  void end(Piece::Kind kind, json::Writer& out, const std::string& text) {
    out.end_object();
    pieces.push_back({kind, sse("", text)});
  }

  const Answer& answer_;
};

void tool_calls(Chunks& chunks, const Answer& answer) {
  for (std::size_t i = 0; i < answer.tool_calls.size(); ++i) {
    const ToolCall& call = answer.tool_calls[i];
    const auto part = [&](std::string_view arguments, bool first) {
      chunks.choice(Piece::Kind::content, "", [&](json::Writer& out) {
        out.key("tool_calls").begin_array().begin_object().field("index", i);
        if (first) out.field("id", tool_id(answer, i)).field("type", "function");
        out.key("function").begin_object();
        if (first) out.field("name", call.name);
        out.field("arguments", arguments).end_object().end_object().end_array();
      });
    };
    const std::size_t half = call.arguments.size() / 2;
    part("", true);
    part(std::string_view(call.arguments).substr(0, half), false);
    part(std::string_view(call.arguments).substr(half), false);
  }
}

}  // namespace

std::vector<Piece> chat_stream(const Answer& answer, const std::vector<std::string_view>& texts, bool filtered) {
  Chunks chunks(answer);
  if (filtered) chunks.prompt_filter();
  if (answer.manner == Manner::openrouter)
    chunks.pieces.push_back({Piece::Kind::opening, ": OPENROUTER PROCESSING\n\n"});
  if (answer.content != Answer::Content::none) {
    chunks.choice(Piece::Kind::opening, "",
                  [](json::Writer& out) { out.field("role", "assistant").field("content", ""); });
    if (!answer.reasoning.empty()) {
      const char* name = answer.manner == Manner::deepseek ? "reasoning_content" : "reasoning";
      chunks.choice(Piece::Kind::content, "", [&](json::Writer& out) { out.field(name, answer.reasoning); });
    }
    if (!answer.refusal.empty()) {
      chunks.choice(Piece::Kind::content, "", [&](json::Writer& out) { out.field("refusal", answer.refusal); });
    }
    for (const std::string_view text : texts) {
      chunks.choice(Piece::Kind::content, "", [&](json::Writer& out) { out.field("content", text); });
    }
    tool_calls(chunks, answer);
    chunks.choice(Piece::Kind::closing, chat_finish(answer), [](json::Writer&) {});
  }
  const bool unasked = answer.manner != Manner::plain && answer.manner != Manner::litellm;
  if (answer.wish.usage_in_stream || unasked) chunks.usage();
  chunks.pieces.push_back({Piece::Kind::marker, "data: [DONE]\n\n"});
  return std::move(chunks.pieces);
}

std::string chat_error_event(const ErrorAnswer& error) {
  if (error.manner != Manner::openrouter) return sse("", chat_error(error));
  std::string text;
  json::Writer out(text);
  out.begin_object().field("id", "gen-" + error.id).field("object", "chat.completion.chunk").field("created", created);
  out.field("model", "stand-in").field("provider", "Stand-in").key("error").begin_object();
  out.field("code", error.status).field("message", chat_error_message(error)).end_object();
  out.key("choices").begin_array().begin_object().field("index", 0).key("delta").begin_object().field("content", "");
  out.end_object().field("finish_reason", "error").end_object().end_array().end_object();
  return sse("", text);
}

}  // namespace assay::fake
