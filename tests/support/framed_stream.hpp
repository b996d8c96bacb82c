#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "providers/deployment.hpp"
#include "tests/support/aws_frames.hpp"
#include "tests/support/chat_stream.hpp"

/// One and the same short conversation in each framing: text piece by piece, then an end that counts 10 tokens of the
/// prompt and 5 of the answer.
namespace assay::testing {

struct FramedStream {
  const char* name;
  providers::DialectKind dialect;
  const char* provider;  ///< whose model "test" is asked
  const char* content_type;
  std::string (*says)(const std::string& text);
  std::string (*ending)();
  std::string (*ping)();                              ///< what a vendor sends to keep the connection
  std::string (*silence)(const std::string& filler);  ///< other bytes that are no content
  std::string unended;                                ///< how a text begins whose end never comes
  std::size_t ending_lacks = 0;                       ///< bytes that a clean end may lack: the last line's own end
};

inline std::string line_says(const std::string& text) {
  return R"({"model":"test","message":{"role":"assistant","content":")" + text + "\"},\"done\":false}\n";
}

inline std::string line_ending() {
  return R"({"model":"test","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",)"
         R"("prompt_eval_count":10,"eval_count":5})"
         "\n";
}

inline std::string frame_says(const std::string& text) {
  return support::aws_event("contentBlockDelta", R"({"contentBlockIndex":0,"delta":{"text":")" + text + "\"}}");
}

inline std::string frame_ending() {
  return support::aws_event("contentBlockStop", R"({"contentBlockIndex":0})") +
         support::aws_event("messageStop", R"({"stopReason":"end_turn"})") +
         support::aws_event("metadata", R"({"usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15}})");
}

inline std::string named_event(const std::string& type, const std::string& rest) {
  return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + rest + "}\n\n";
}

inline std::string message_says(const std::string& text) {
  return named_event("content_block_delta", R"(,"index":0,"delta":{"type":"text_delta","text":")" + text + "\"}");
}

inline std::string message_ending() {
  return named_event("content_block_stop", R"(,"index":0)") +
         named_event("message_delta",
                     R"(,"delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":10,"output_tokens":5})") +
         named_event("message_stop", "");
}

/// The beginning of a frame of 15 MiB: as large as one may be, nearly.
inline std::string unended_frame() {
  const std::string lengths = support::big_endian(15u << 20, 4) + support::big_endian(0, 4);
  return lengths + support::big_endian(support::checksum(lengths), 4);
}

inline std::string comment(const std::string& filler) {
  return ": " + filler + "\n";
}

inline std::string empty_line(const std::string& filler) {
  return "{\"message\":{\"content\":\"\"},\"filler\":\"" + filler + "\"}\n";
}

inline std::string unknown_frame(const std::string& filler) {
  return support::aws_event("news", "{\"filler\":\"" + filler + "\"}");
}

inline std::vector<FramedStream> framed_streams() {
  using Kind = providers::DialectKind;
  return {{"SSE", Kind::openai_chat, "openai", "text/event-stream", chat::says, chat::ending, chat::ping, comment,
           R"(data: {"choices":[{"index":0,"delta":{"content":")", 0},
          {"SSE with names", Kind::anthropic_messages, "anthropic", "text/event-stream", message_says, message_ending,
           [] { return named_event("ping", ""); }, comment, "event: content_block_delta\ndata: {\"delta\":\"", 0},
          {"NDJSON", Kind::ollama, "ollama", "application/x-ndjson", line_says, line_ending,
           [] { return std::string("\r\n"); }, empty_line, R"({"message":{"content":")", 1},
          {"AWS event stream", Kind::bedrock, "bedrock", "application/vnd.amazon.eventstream", frame_says, frame_ending,
           [] { return support::aws_event("messageStart", R"({"role":"assistant"})"); }, unknown_frame, unended_frame(),
           0}};
}

}  // namespace assay::testing
