#pragma once
#include <string_view>

#include "base/result.hpp"
#include "framing/framing.hpp"
#include "http/message.hpp"
#include "job/completion.hpp"
#include "job/failure.hpp"

namespace assay::providers {

/// Gathers the events of one streamed answer. Made by a Dialect for each answer; no clock, no threads, bounded memory:
/// the answer's own text and tool calls, up to the limit that StreamedAnswer keeps.
class Gathering {
 public:
  virtual ~Gathering() = default;

  /// What an event brought. Content is text, reasoning, a refusal or a piece of a tool call; roles, pings, usage and
  /// events that nobody knows are not.
  enum class News { nothing, content };
  virtual News take(const framing::Event& event) = 0;

  /// The vendor's terminal marker has come ("[DONE]", message_stop, response.completed, finishReason, metadata after
  /// messageStop, done:true). Events may still follow.
  virtual bool ended() const = 0;
  /// The stream said that it failed: no Completion will come of it.
  virtual bool failed() const = 0;

  /// The answer's text so far; grows at its end only.
  virtual std::string_view text() const = 0;
  /// Bytes held: text, reasoning, refusal, tool calls.
  virtual std::size_t held() const = 0;

  /// What has come so far, ended or not; leaves the gathering empty.
  virtual Completion take_partial() = 0;
  /// The same once ended() or failed(): the dialect's own last word. `head` has the answer's status and headers.
  virtual Result<Completion, Failure> finish(const http::Response& head) = 0;
};

}  // namespace assay::providers
