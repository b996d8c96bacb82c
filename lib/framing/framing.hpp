#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace assay::framing {

/// One event of a streamed body. Views hold until the callback returns.
struct Event {
  std::string_view name;   ///< SSE's `event`, AWS's `:event-type` or `:exception-type`; empty when the framing has none
  std::string_view data;   ///< the payload, whole
  bool exception = false;  ///< AWS's `:message-type` was not "event"
};
using OnEvent = std::function<void(const Event&)>;

/// How a vendor cuts a streamed answer into events.
enum class Kind { sse, ndjson, aws_event_stream };

struct Limits {
  std::size_t event_bytes = std::size_t{16} << 20;  ///< of one event, its framing included: no more is ever held
};

/// Cuts a body that arrives in pieces into events. Any split of the same bytes gives the same events; memory is bounded
/// by the largest event. Comments, pings without data and half an event at the end give no event.
/// An error is final: the bytes cannot be this framing, or an event passes its limit. It says which.
class Framing {
 public:
  virtual ~Framing() = default;
  virtual Result<void, std::string> feed(std::string_view bytes, const OnEvent& on_event) = 0;
  /// The body ended cleanly: a last event that only lacks its end mark is given, where the framing allows that.
  virtual void finish(const OnEvent& /*on_event*/) {}
  /// Whether the bytes so far end between two events.
  virtual bool between_events() const = 0;
};

std::unique_ptr<Framing> make_framing(Kind kind, Limits limits = {});

}  // namespace assay::framing
