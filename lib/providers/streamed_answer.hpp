#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "providers/dialect.hpp"

namespace assay::providers {

/// Reads one answer that was asked for as a stream, from its first header to its last byte, whatever really comes: a
/// stream, one whole JSON answer, an error status with a body, a page of a balancer. Any split of the bytes gives the
/// same.
///
/// Holds at most `max_bytes` of content (Question::max_response_bytes): beyond that it has enough() and drops what
/// comes. A clean close without the terminal marker is `cut_off`, never an answer. No clock: the engine measures.
class StreamedAnswer {
 public:
  StreamedAnswer(const Deployment& deployment, std::size_t max_bytes);
  ~StreamedAnswer();
  StreamedAnswer(StreamedAnswer&&) noexcept;

  void head(int status, const http::Headers& headers);

  struct Progress {
    bool content = false;  ///< a piece of the answer came: what a stall timer counts from
  };
  Progress feed(std::string_view bytes);

  bool ended() const;  ///< nothing that still comes can change the answer, but usage may
  /// Nothing that still comes is kept or changes what end() says, so stop reading: more content came than may be held,
  /// the bytes cannot be such a stream, an error's body or a page goes on and on, or so does what follows the end.
  /// end() is told how the transport ended, also by our own doing, and knows better.
  bool enough() const;
  std::string_view text() const;

  /// The body ended. `response.body` is ignored. A full answer ends as finish `length` with its raw reason
  /// "response_bytes".
  Result<Completion, Failure> end(http::Response response);
  /// No whole answer came: the transport's failure, with what had arrived as its `partial`. An answer that had ended()
  /// before the connection broke is an answer.
  Result<Completion, Failure> end(const http::Failure& failure);

 private:
  Result<Completion, Failure> answer_of(http::Response response);
  Result<Completion, Failure> answer_of(const http::Failure& broken);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::providers
