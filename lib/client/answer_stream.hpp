#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/answer.hpp"
#include "client/one_call.hpp"

namespace assay::client {

/// A streamed answer as a generator: each next() gives what has come since the last one. What nobody pulls waits here,
/// at most as much as the question's max_response_bytes, for no answer is longer. Loop thread only.
class AnswerStream {
 public:
  using Ask = std::function<Task<Result<Answer, Failure>>(OnText)>;
  AnswerStream(Loop& loop, Ask ask);
  AnswerStream(const AnswerStream&) = delete;
  AnswerStream& operator=(const AnswerStream&) = delete;
  ~AnswerStream();

  /// The next piece of the text, never empty; nothing when the answer is over, well or badly. One caller at a time.
  Task<std::optional<std::string>> next();

  /// How it ended: the same that complete() would have said. Only after next() has given nothing (require).
  const Result<Answer, Failure>& result() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::client
