#pragma once
#include "base/result.hpp"
#include "base/time.hpp"
#include "http/message.hpp"
#include "runtime/task.hpp"

namespace assay::http {

/// Carries one request to a server and brings back whatever it answered.
///
/// Any status is a Response: the caller decides what 429 means. Failure is reserved for "no answer".
/// Loop thread only; any number of sends may be in flight. Stopping the awaiting scope aborts the exchange, which then
/// ends as Failure::Kind::cancelled; an answer that has arrived whole by then is still delivered.
/// Bodies are held whole in memory, up to the limit stated in the request.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Task<Result<Response, Failure>> send(Request request, Deadline deadline) = 0;
};

}  // namespace assay::http
