#include "fake/messages.hpp"
#include "fake/openai_wording.hpp"

namespace assay::fake {
namespace {

bool is_failed(const Answer& answer) {
  return answer.finish == "failed";
}

/// Why the answer is incomplete; empty: it is complete.
std::string_view incomplete_reason(const Answer& answer) {
  if (is_failed(answer) || answer.finish == "completed") return {};
  return either(answer.finish, answer.out_of_tokens ? "max_output_tokens" : "");
}

std::string_view status_of(const Answer& answer) {
  if (is_failed(answer)) return "failed";
  return incomplete_reason(answer).empty() ? "completed" : "incomplete";
}

void write_usage(json::Writer& out, const Answer& answer) {
  if (!begins_usage(out, "usage", answer)) return;
  const std::int64_t some = answer.usage == UsageManner::zero ? 0 : 1;
  out.begin_object().field("input_tokens", answer.tokens_in * some);
  out.key("input_tokens_details").begin_object().field("cached_tokens", answer.tokens_cached * some);
  if (answer.tokens_written != 0) out.field("cache_write_tokens", answer.tokens_written * some);
  out.end_object().field("output_tokens", answer.tokens_out * some);
  out.key("output_tokens_details").begin_object().field("reasoning_tokens", answer.tokens_reasoning * some);
  out.end_object().field("total_tokens", (answer.tokens_in + answer.tokens_out) * some).end_object();
}

/// The items of an answer, whole: what both forms show.
std::vector<std::string> items_of(const Answer& answer) {
  std::vector<std::string> items;
  const auto item = [&](std::string_view type, const auto& members) {
    json::Writer out(items.emplace_back());
    out.begin_object().field("type", type).field("id", "item_" + std::to_string(items.size()));
    out.field("status", "completed");
    members(out);
    out.end_object();
  };
  if (!answer.reasoning.empty()) {
    item("reasoning", [&](json::Writer& out) {
      out.key("summary").begin_array().begin_object().field("type", "summary_text").field("text", answer.reasoning);
      out.end_object().end_array();
    });
  }
  if (answer.content == Answer::Content::text && (!answer.text.empty() || answer.tool_calls.empty())) {
    item("message", [&](json::Writer& out) {
      out.field("role", "assistant").key("content").begin_array().begin_object();
      if (answer.refusal.empty()) {
        out.field("type", "output_text").field("text", answer.text).key("annotations").begin_array().end_array();
      } else {
        out.field("type", "refusal").field("refusal", answer.refusal);
      }
      out.end_object().end_array();
    });
  } else if (answer.content != Answer::Content::none && answer.tool_calls.empty()) {
    item("message", [](json::Writer& out) { out.field("role", "assistant").key("content").begin_array().end_array(); });
  }
  for (std::size_t i = 0; i < answer.tool_calls.size(); ++i) {
    item("function_call", [&](json::Writer& out) {
      out.field("call_id", tool_id(answer, i)).field("name", answer.tool_calls[i].name);
      out.field("arguments", answer.tool_calls[i].arguments);
    });
  }
  return items;
}

void write_response(json::Writer& out, const Answer& answer, std::string_view status) {
  const bool over = status != "in_progress";
  out.begin_object().field("id", "resp_" + answer.id).field("object", "response").field("created_at", created);
  out.field("status", status).key("error");
  if (status == "failed") {
    out.begin_object().field("code", "server_error").field("message", "The model failed.").end_object();
  } else {
    out.null();
  }
  out.key("incomplete_details");
  if (over && !incomplete_reason(answer).empty()) {
    out.begin_object().field("reason", incomplete_reason(answer)).end_object();
  } else {
    out.null();
  }
  out.field("model", answer.model).key("output").begin_array();
  if (over && status != "failed") {
    for (const std::string& item : items_of(answer)) out.raw(item);
  }
  out.end_array();
  if (over) write_usage(out, answer);
  out.field("service_tier", "default").end_object();
}

/// Writes the numbered events of one answer.
class Events {
 public:
  explicit Events(const Answer& answer) : answer_(answer) {}
  std::vector<Piece> pieces;

  template <class Members>
  void add(Piece::Kind kind, const std::string& type, const Members& members) {
    std::string text;
    json::Writer out(text);
    out.begin_object().field("type", type).field("sequence_number", pieces.size());
    members(out);
    out.end_object();
    pieces.push_back({kind, sse(type, text)});
  }

  void response(Piece::Kind kind, const std::string& type, std::string_view status) {
    add(kind, type, [&](json::Writer& out) {
      out.key("response");
      write_response(out, answer_, status);
    });
  }

  void item(const std::string& type, int index, std::string_view whole) {
    add(Piece::Kind::opening, type,
        [&](json::Writer& out) { out.field("output_index", index).key("item").raw(whole); });
  }

  void part(const std::string& type, int index, std::string_view member, std::string_view value) {
    const bool delta = type.ends_with("delta");
    add(delta ? Piece::Kind::content : Piece::Kind::opening, type, [&](json::Writer& out) {
      out.field("item_id", "item_" + std::to_string(index + 1)).field("output_index", index).field("content_index", 0);
      out.field(member, value);
    });
  }

 private:
  const Answer& answer_;
};

void play_item(Events& events, int index, const std::string& item, const Answer& answer,
               const std::vector<std::string_view>& texts, std::size_t& tool) {
  events.item("response.output_item.added", index, item);
  if (item.find(R"("type":"reasoning")") == 1) {
    events.part("response.reasoning_summary_text.delta", index, "delta", answer.reasoning);
  } else if (item.find(R"("type":"function_call")") == 1) {
    const std::string_view arguments = answer.tool_calls[tool++].arguments;
    events.part("response.function_call_arguments.delta", index, "delta", arguments.substr(0, arguments.size() / 2));
    events.part("response.function_call_arguments.delta", index, "delta", arguments.substr(arguments.size() / 2));
    events.part("response.function_call_arguments.done", index, "arguments", arguments);
  } else if (!answer.refusal.empty()) {
    events.part("response.refusal.delta", index, "delta", answer.refusal);
    events.part("response.refusal.done", index, "refusal", answer.refusal);
  } else {
    for (const std::string_view text : texts) events.part("response.output_text.delta", index, "delta", text);
    events.part("response.output_text.done", index, "text", answer.text);
  }
  events.item("response.output_item.done", index, item);
}

class Responses final : public Dialect {
 public:
  std::string_view name() const override { return "openai-responses"; }
  std::string_view id_header() const override { return "x-request-id"; }

  std::string key_of(const net::ServerRequest& request) const override { return key_in("api-key", request); }

  Result<Question, ErrorAnswer> read(const net::ServerRequest& request) const override {
    const auto document = read_json(request);
    if (!document) return failure(document.error());
    const json::View root = document->root();
    Question question;
    question.model = root["model"].string_or("");
    if (question.model.empty()) return failure(bad_request("model: field required"));
    if (root["instructions"].is_string()) add_message(question, "system", root["instructions"]);
    if (root["input"].is_string()) add_message(question, "user", root["input"]);
    for (json::View item : root["input"].elements()) {
      const json::View content = item["content"] ? item["content"] : item["output"];
      if (content) add_message(question, item["role"].string_or("tool"), content);
    }
    if (!root["input"] || (root["input"].is_array() && root["input"].size() == 0))
      return failure(bad_request("input: field required"));
    if (const json::View limit = root["max_output_tokens"]) {
      question.max_tokens = limit.as_int64();
      if (question.max_tokens.value_or(0) < 1) return failure(bad_request("max_output_tokens: expected more than 0"));
    }
    question.wish.stream = root["stream"].as_bool().value_or(false);
    return question;
  }

  std::string answer(const Answer& answer) const override {
    std::string text;
    text.reserve(answer.text.size() + 800);
    json::Writer out(text);
    write_response(out, answer, status_of(answer));
    return text;
  }

  std::vector<Piece> stream(const Answer& answer, const std::vector<std::string_view>& texts) const override {
    Events events(answer);
    events.response(Piece::Kind::opening, "response.created", "in_progress");
    events.response(Piece::Kind::opening, "response.in_progress", "in_progress");
    const auto items = items_of(answer);
    std::size_t tool = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
      play_item(events, static_cast<int>(i), items[i], answer, texts, tool);
    }
    const std::string status(status_of(answer));
    events.response(Piece::Kind::marker, "response." + status, status);
    return std::move(events.pieces);
  }

  std::string error(const ErrorAnswer& error) const override { return chat_error(error); }

  std::string error_event(const ErrorAnswer& error) const override {
    std::string text;
    json::Writer out(text);
    out.begin_object().field("type", "error").field("sequence_number", 9);
    out.field("code", either(error.code, error.status == 429 ? "rate_limit_exceeded" : "server_error"));
    out.field("message", chat_error_message(error)).key("param").null().end_object();
    return sse("error", text);
  }

  std::string bad_event() const override {
    return sse("response.output_text.delta", R"({"type":"response.output_text.delta","delta":"never)");
  }
  std::string unknown_event() const override {
    return sse("response.novelty", R"({"type":"response.novelty","sequence_number":0,"more":[1]})");
  }
};

}  // namespace

const Dialect& openai_responses() {
  static const Responses dialect;
  return dialect;
}

}  // namespace assay::fake
