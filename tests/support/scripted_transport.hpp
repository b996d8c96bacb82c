#pragma once
#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "http/transport.hpp"
#include "runtime/loop.hpp"
#include "runtime/wait.hpp"

namespace assay::testing {

/// A vendor without a network: answers by script after a time of the loop's clock, and keeps what it was asked and when.
/// Stopped work ends as `cancelled` at once, as the transport's contract says.
class ScriptedTransport final : public http::Transport {
 public:
  using Reply = Result<http::Response, http::Failure>;

  struct Answer {
    Reply reply;
    Duration after = std::chrono::milliseconds(20);
  };

  struct Call {
    std::string id;  ///< its X-Request-ID
    http::Request request;
    Instant sent;
    std::optional<Instant> ended;
    bool cut = false;
  };

  explicit ScriptedTransport(Loop& loop) : loop_(loop) {}

  /// Asked for every call that has no answer of its own.
  std::function<Answer(const Call&)> script;

  /// The answer to the next call, the one after it, …
  ScriptedTransport& then(Answer answer) {
    next_.push_back(std::move(answer));
    return *this;
  }

  const std::deque<Call>& calls() const { return calls_; }
  std::size_t open() const { return open_; }
  std::size_t most_open() const { return most_open_; }

  Task<Reply> send(http::Request request, Deadline deadline) override {
    const Opened opened(*this);
    Call& call = calls_.emplace_back();  // a deque does not move what it holds
    call.id = std::string(http::find_header(request.headers, "X-Request-ID").value_or(""));
    call.request = std::move(request);
    call.sent = loop_.now();
    Answer answer = draw(call);
    const bool in_time = answer.after < deadline.left(loop_.now());
    try {
      co_await sleep_until(loop_, in_time ? loop_.now() + answer.after : deadline.at);
    } catch (const Stopped&) {
      call.cut = true;
    }
    call.ended = loop_.now();
    if (call.cut || !in_time) {
      http::Failure failure;
      failure.kind = call.cut ? http::Failure::Kind::cancelled : http::Failure::Kind::timed_out;
      failure.sent = true;
      co_return assay::failure(std::move(failure));
    }
    co_return std::move(answer.reply);
  }

 private:
  struct Opened {
    explicit Opened(ScriptedTransport& owner_) : owner(owner_) { owner.most_open_ = std::max(owner.most_open_, ++owner.open_); }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    ~Opened() { --owner.open_; }
    ScriptedTransport& owner;
  };

  Answer draw(const Call& call) {
    if (next_.empty()) return script(call);
    Answer answer = std::move(next_.front());
    next_.pop_front();
    return answer;
  }

  Loop& loop_;
  std::deque<Answer> next_;
  std::deque<Call> calls_;
  std::size_t open_ = 0, most_open_ = 0;
};

// Answers, in words.

inline ScriptedTransport::Answer status(int code, std::string body = "{}", http::Headers headers = {}) {
  http::Response response;
  response.status = code;
  response.headers = std::move(headers);
  response.headers.emplace_back("Content-Type", "application/json");
  response.body = std::move(body);
  return {std::move(response)};
}

/// A chat completion whose content is this JSON value; `usage` is a JSON object or empty.
inline ScriptedTransport::Answer completion(const std::string& content, const std::string& finish = "stop",
                                            const std::string& usage = R"({"prompt_tokens":10,"completion_tokens":5,"total_tokens":15})") {
  return status(200, R"({"id":"c1","object":"chat.completion","model":"gpt-test-2026","choices":[{"index":0,"finish_reason":")" + finish +
                         R"(","message":{"role":"assistant","content":)" + content + "}}]" + (usage.empty() ? "" : ",\"usage\":" + usage) + "}");
}
inline ScriptedTransport::Answer says(const std::string& text) { return completion('"' + text + '"'); }
inline ScriptedTransport::Answer throttles(int seconds) { return status(429, R"({"error":{"message":"slow down"}})", {{"Retry-After", std::to_string(seconds)}}); }
inline ScriptedTransport::Answer breaks(http::Failure::Kind kind, bool sent) {
  http::Failure failure;
  failure.kind = kind;
  failure.sent = sent;
  return {assay::failure(std::move(failure))};
}
inline ScriptedTransport::Answer after(Duration duration, ScriptedTransport::Answer answer) {
  answer.after = duration;
  return answer;
}
/// Longer than any deadline.
inline ScriptedTransport::Answer silence() { return after(std::chrono::hours(10), says("too late")); }

}  // namespace assay::testing
