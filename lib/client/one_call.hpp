#pragma once
#include <functional>
#include <string_view>

#include "base/result.hpp"
#include "http/transport.hpp"
#include "job/completion.hpp"
#include "job/failure.hpp"
#include "providers/dialect.hpp"
#include "runtime/loop.hpp"

namespace assay::client {

/// Pieces of an answer's text as they come, in order; their concatenation is the answer's text. Called on the loop's
/// thread, from inside the reading: it must not await, and while it works nothing more is read.
using OnText = std::function<void(std::string_view piece)>;

/// One try of one question, whole or (question.stream) piece by piece.
struct OneCall {
  Loop& loop;
  http::Transport& transport;
  const providers::Deployment& deployment;
  const providers::Question& question;
  Deadline deadline;
  const OnText& on_text;  ///< may be empty

  // What it tells beside its result.
  bool delivered = false;  ///< on_text was called
  Duration took{};

  Task<Result<Completion, Failure>> run();

 private:
  Task<Result<Completion, Failure>> whole(http::Request request);
  Task<Result<Completion, Failure>> streamed(http::Request request);
};

}  // namespace assay::client
