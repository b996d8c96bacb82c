#include "tests/sim/answers.hpp"

namespace assay::sim {
namespace {

bool anthropic(const http::Request& request) { return request.url.find("/v1/messages") != std::string::npos; }

}  // namespace

std::string answer_text(const CallId& call) {
  return (call.cell.value % 3 == 0 ? "Paris, of course" : "I think it is Rome") + (" (" + to_string(call.job) + "." + to_string(call.cell) + ")");
}

std::int64_t prompt_tokens(const CallId& call) { return 10 + call.cell.value % 7; }
std::int64_t answer_tokens(const CallId& call, bool empty) { return empty ? 0 : 5 + call.cell.value % 5; }
std::int64_t bill_nanos(const CallId& call, bool empty) { return prompt_tokens(call) * 1'000 + answer_tokens(call, empty) * 2'000; }

std::string answer_body(const http::Request& request, const CallId& call, bool empty) {
  const std::string text = empty ? "" : answer_text(call);
  const std::string in = std::to_string(prompt_tokens(call)), out = std::to_string(answer_tokens(call, empty));
  if (anthropic(request)) {
    return R"({"id":"msg_1","type":"message","role":"assistant","model":"claude-sim","content":[{"type":"text","text":")" + text +
           R"("}],"stop_reason":"end_turn","usage":{"input_tokens":)" + in + R"(,"output_tokens":)" + out + "}}";
  }
  return R"({"id":"cmpl_1","object":"chat.completion","model":"gpt-sim","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":")" +
         text + R"("}}],"usage":{"prompt_tokens":)" + in + R"(,"completion_tokens":)" + out + R"(,"total_tokens":)" +
         std::to_string(prompt_tokens(call) + answer_tokens(call, empty)) + "}}";
}

bool wants_stream(const http::Request& request) {
  return request.body_sink && request.body.find(R"("stream":true)") != std::string::npos;
}

std::string answer_stream(const http::Request& request, const CallId& call, bool empty) {
  const std::string text = empty ? "" : answer_text(call);
  const std::string halves[] = {text.substr(0, text.size() / 2), text.substr(text.size() / 2)};
  const std::string in = std::to_string(prompt_tokens(call)), out = std::to_string(answer_tokens(call, empty));
  std::string stream;
  if (anthropic(request)) {
    const auto event = [&](const std::string& name, const std::string& rest) {
      stream += "event: " + name + "\ndata: {\"type\":\"" + name + "\"" + rest + "}\n\n";
    };
    event("message_start",
          R"(,"message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sim","content":[],"stop_reason":null,"usage":{"input_tokens":)" +
              in + R"(,"output_tokens":0}})");
    event("content_block_start", R"(,"index":0,"content_block":{"type":"text","text":""})");
    event("ping", "");
    for (const std::string& half : halves)
      event("content_block_delta", R"(,"index":0,"delta":{"type":"text_delta","text":")" + half + R"("})");
    event("content_block_stop", R"(,"index":0)");
    event("message_delta", R"(,"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":)" + out + "}");
    event("message_stop", "");
    return stream;
  }
  const auto chunk = [&](const std::string& choices, const std::string& usage) {
    stream += R"(data: {"id":"cmpl_1","object":"chat.completion.chunk","model":"gpt-sim","choices":)" + choices + ",\"usage\":" + usage + "}\n\n";
  };
  chunk(R"([{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}])", "null");
  stream += ": ping\n\n";
  for (const std::string& half : halves)
    chunk(R"([{"index":0,"delta":{"content":")" + half + R"("},"finish_reason":null}])", "null");
  chunk(R"([{"index":0,"delta":{},"finish_reason":"stop"}])", "null");
  chunk("[]", R"({"prompt_tokens":)" + in + R"(,"completion_tokens":)" + out + R"(,"total_tokens":)" +
                  std::to_string(prompt_tokens(call) + answer_tokens(call, empty)) + "}");
  stream += "data: [DONE]\n\n";
  return stream;
}

std::string price_table() {
  return "vendor\tmodel\tfrom\tinput\toutput\tsource\n"
         "openai\tgpt-sim\t2020-01-01\t1\t2\tthe simulator\n"
         "anthropic\tclaude-sim\t2020-01-01\t1\t2\tthe simulator\n";
}

}  // namespace assay::sim
