#pragma once
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "http/transport.hpp"
#include "runtime/loop.hpp"
#include "runtime/wait.hpp"

namespace assay::testing {

/// A vendor without a network whose answers come in pieces: each after a gap of the loop's clock, into the request's
/// sinks where it has them. The last answer is repeated.
class PiecewiseTransport final : public http::Transport {
 public:
  struct Answer {
    int status = 200;
    http::Headers headers{{"Content-Type", "text/event-stream"}};
    std::vector<std::string> pieces{};
    bool cut = false;  ///< the connection breaks after the last piece
    Duration gap = std::chrono::milliseconds(10);
  };

  explicit PiecewiseTransport(Loop& loop) : loop_(loop) {}

  PiecewiseTransport& then(Answer answer) {
    answers_.push_back(std::move(answer));
    return *this;
  }

  std::vector<http::Request> requests;
  std::size_t pieces_sent = 0, stopped = 0;

  Task<Result<http::Response, http::Failure>> send(http::Request request, Deadline) override {
    requests.push_back(request);
    const Answer answer = answers_.front();
    if (answers_.size() > 1) answers_.pop_front();
    http::Response response;
    response.status = answer.status;
    response.headers = answer.headers;
    if (request.head_sink) request.head_sink(answer.status, answer.headers);
    for (const std::string& piece : answer.pieces) {
      try {
        co_await sleep_for(loop_, answer.gap);
      } catch (const Stopped&) {
        ++stopped;
        co_return broken(http::Failure::Kind::cancelled, answer);
      }
      ++pieces_sent;
      if (request.body_sink) {
        request.body_sink(piece);
      } else {
        response.body += piece;
      }
    }
    if (answer.cut) co_return broken(http::Failure::Kind::cut_off, answer);
    response.total = answer.gap * static_cast<std::int64_t>(answer.pieces.size());
    co_return response;
  }

 private:
  static Result<http::Response, http::Failure> broken(http::Failure::Kind kind, const Answer& answer) {
    http::Failure failure;
    failure.kind = kind;
    failure.sent = true;
    failure.status = answer.status;
    failure.headers = answer.headers;
    return assay::failure(std::move(failure));
  }

  Loop& loop_;
  std::deque<Answer> answers_;
};

}  // namespace assay::testing
