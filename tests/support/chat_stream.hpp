#pragma once
#include <string>

/// Pieces of a streamed chat completion, as OpenAI's format has them.
namespace assay::testing::chat {

inline std::string chunk(const std::string& choices, const std::string& usage = "null") {
  return R"(data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-test-2026","choices":)" + choices +
         ",\"usage\":" + usage + "}\n\n";
}

inline std::string says(const std::string& text) {
  return chunk(R"([{"index":0,"delta":{"content":")" + text + R"("},"finish_reason":null}])");
}

inline std::string role() {
  return chunk(R"([{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}])");
}

inline std::string finish() {
  return chunk(R"([{"index":0,"delta":{},"finish_reason":"stop"}])");
}

inline std::string usage() {
  return chunk("[]", R"({"prompt_tokens":10,"completion_tokens":5,"total_tokens":15})");
}

inline std::string done() {
  return "data: [DONE]\n\n";
}

/// All that comes after the last word.
inline std::string ending() {
  return finish() + usage() + done();
}

inline std::string ping() {
  return ": ping\n\n";
}

}  // namespace assay::testing::chat
