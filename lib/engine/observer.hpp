#pragma once
#include <cstddef>
#include <string_view>

#include "http/message.hpp"
#include "job/cell_result.hpp"
#include "job/failure.hpp"
#include "job/lease.hpp"
#include "queue/job_queue.hpp"

namespace assay::providers {
struct Deployment;
}

namespace assay::engine {

/// Hears what a worker does, as it does it: metrics, logs and the simulator's trace hang here. Loop thread; must not
/// block, throw or await. Every member does nothing unless overridden.
class Observer {
 public:
  virtual ~Observer() = default;

  virtual void claimed(const Lease& /*lease*/) {}
  virtual void call_begins(const LeaseRef& /*lease*/, const CallId& /*call*/, std::string_view /*model*/) {}
  /// Whether the two below are wanted: what they are given is large, and holds prompts and answers.
  virtual bool watches_the_wire() const { return false; }
  virtual void request_leaves(const CallId& /*call*/, const http::Request& /*request*/) {}
  virtual void response_came(const CallId& /*call*/, const http::Response& /*response*/,
                             const providers::Deployment& /*from*/) {}
  /// `failure` is null when the call answered.
  virtual void call_ended(const CallId& /*call*/, std::string_view /*provider*/, const Failure* /*failure*/, Duration /*took*/) {}
  virtual void cell_stored(const LeaseRef& /*lease*/, const CellResult& /*result*/) {}
  /// A result came after its lease had passed on: refused by the fence, its call booked as an orphan.
  virtual void late_write_refused(const LeaseRef& /*lease*/, CellNumber /*cell*/) {}
  virtual void lease_lost(const LeaseRef& /*lease*/, std::string_view /*why*/) {}
  virtual void released(const LeaseRef& /*lease*/, const queue::Release& /*how*/) {}
  virtual void share_ended(const LeaseRef& /*lease*/) {}
  virtual void outage(std::string_view /*operation*/, const queue::Outage& /*outage*/) {}
  virtual void swept(const queue::JobQueue::Swept& /*swept*/) {}
  virtual void in_flight(std::size_t /*calls*/) {}
  virtual void broken(std::string_view /*where*/, std::string_view /*what*/) {}  ///< an exception ended a piece of work
};

}  // namespace assay::engine
