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

std::string price_table() {
  return "vendor\tmodel\tfrom\tinput\toutput\tsource\n"
         "openai\tgpt-sim\t2020-01-01\t1\t2\tthe simulator\n"
         "anthropic\tclaude-sim\t2020-01-01\t1\t2\tthe simulator\n";
}

}  // namespace assay::sim
