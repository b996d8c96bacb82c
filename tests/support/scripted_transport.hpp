#pragma once
#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/transport.hpp"
#include "runtime/loop.hpp"
#include "runtime/wait.hpp"

namespace assay::testing {

/// A vendor without a network: answers by script after a time of the loop's clock, and keeps what it was asked and when.
/// Stopped work ends as `cancelled` at once, as the transport's contract says. Sinks are told the head, then the body:
/// piece by piece where the script has pieces.
class ScriptedTransport final : public http::Transport {
 public:
  using Reply = Result<http::Response, http::Failure>;

  struct Piece {
    Duration after{};
    std::string bytes{};
  };
  using Pieces = std::function<std::optional<Piece>()>;

  struct Answer {
    Reply reply;
    Duration after = std::chrono::milliseconds(20);
    Pieces pieces{};  ///< of the body, before the reply; asked for until it has no more
    /// Of an answer in pieces that ends in a failure. One that we cut carries them too.
    int status = 200;
    http::Headers headers{{"Content-Type", "text/event-stream"}};
    Duration lingers{};  ///< once it was stopped, before it has ended
  };

  struct Call {
    std::string id;  ///< its X-Request-ID
    http::Request request;
    Instant sent;
    std::optional<Instant> ended;
    bool cut = false;
    std::size_t bytes = 0;  ///< told to its sink
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
    if (request.sign) request.sign(request, std::chrono::sys_seconds());
    Call& call = calls_.emplace_back();  // a deque does not move what it holds
    call.id = std::string(http::find_header(request.headers, "X-Request-ID").value_or(""));
    call.request = std::move(request);
    call.sent = loop_.now();
    Answer answer = draw(call);
    bool comes = co_await pause(call, answer.after, deadline);
    const bool head_came = comes && (answer.reply || answer.pieces);
    if (head_came && answer.reply) {
      answer.status = answer.reply->status;
      answer.headers = answer.reply->headers;
    }
    if (head_came && call.request.head_sink) call.request.head_sink(answer.status, answer.headers);
    while (comes && answer.pieces) {
      const std::optional<Piece> piece = answer.pieces();
      if (!piece) break;
      comes = co_await pause(call, piece->after, deadline);
      if (comes) tell(call, piece->bytes);
    }
    if (call.cut && answer.lingers > Duration::zero()) {
      Task<> lingering = sleep(answer.lingers);
      co_await lingering.shielded();
    }
    call.ended = loop_.now();
    if (!comes) {
      http::Failure failure;
      failure.kind = call.cut ? http::Failure::Kind::cancelled : http::Failure::Kind::timed_out;
      failure.sent = true;
      if (head_came) failure.status = answer.status;
      if (head_came) failure.headers = answer.headers;
      co_return assay::failure(std::move(failure));
    }
    if (!answer.reply && head_came && answer.reply.error().status == 0) answer.reply.error().status = answer.status;
    if (answer.reply && call.request.body_sink) {
      if (!answer.reply->body.empty()) tell(call, answer.reply->body);
      answer.reply->body.clear();
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

  /// False: the call was stopped, or its time is up.
  Task<bool> pause(Call& call, Duration time, Deadline deadline) {
    const bool in_time = time < deadline.left(loop_.now());
    try {
      co_await sleep_until(loop_, in_time ? loop_.now() + time : deadline.at);
    } catch (const Stopped&) {
      call.cut = true;
    }
    co_return in_time && !call.cut;
  }

  Task<> sleep(Duration time) { co_await sleep_for(loop_, time); }

  static void tell(Call& call, std::string_view bytes) {
    call.bytes += bytes.size();
    if (call.request.body_sink) call.request.body_sink(bytes);
  }

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
/// These pieces, one by one.
inline ScriptedTransport::Pieces one_by_one(std::vector<ScriptedTransport::Piece> pieces) {
  return [pieces = std::move(pieces), next = std::size_t{0}]() mutable -> std::optional<ScriptedTransport::Piece> {
    if (next == pieces.size()) return std::nullopt;
    return pieces[next++];
  };
}

/// A streamed answer: its pieces, then a clean end.
inline ScriptedTransport::Answer streams(std::vector<ScriptedTransport::Piece> pieces) {
  ScriptedTransport::Answer answer = status(200, "");
  answer.reply->headers = {{"Content-Type", "text/event-stream"}};
  answer.pieces = one_by_one(std::move(pieces));
  return answer;
}
/// The same, but the connection breaks after the last piece.
inline ScriptedTransport::Answer streams_and_breaks(std::vector<ScriptedTransport::Piece> pieces) {
  ScriptedTransport::Answer answer = breaks(http::Failure::Kind::cut_off, true);
  answer.pieces = one_by_one(std::move(pieces));
  return answer;
}

/// Longer than any deadline.
inline ScriptedTransport::Answer silence() { return after(std::chrono::hours(10), says("too late")); }

}  // namespace assay::testing
