#pragma once
#include <memory>

#include "curl/settings.hpp"
#include "http/transport.hpp"
#include "net/epoll_port.hpp"
#include "runtime/loop.hpp"

namespace assay::curl {

class Dispatcher;

/// The real Transport: libcurl on the loop's own epoll, HTTP/1.1 with keep-alive, over several multi handles.
///
/// A request is written at most once: when a kept connection dies after a byte of the request has left, the exchange
/// ends as cut_off with `sent`, where curl alone would send it again. No redirects, no proxies from the environment, no
/// protocols but http and https, certificates always checked.
///
/// A compressed body whose stream lacks its end is delivered as far as it goes: curl does not tell. Whoever reads the
/// body as JSON finds out.
///
/// An exchange that is stopped or runs out of time looks once more at its socket, and an answer that lies there whole
/// is delivered. Every exchange is bounded by a timer of the loop; curl's own timers bound only the connecting.
///
/// Loop thread only. Loop and port outlive it. Destroying it ends what is in flight as cancelled; do not destroy it
/// from inside a body sink. A sink must not throw lightly: what it throws aborts the exchange and leaves through
/// send().
class CurlTransport final : public http::Transport {
 public:
  CurlTransport(Loop& loop, net::EpollPort& port, Settings settings = {});
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;
  ~CurlTransport() override;

  Task<Result<http::Response, http::Failure>> send(http::Request request, Deadline deadline) override;

  const Stats& stats() const;

 private:
  std::unique_ptr<Dispatcher> dispatcher_;
};

}  // namespace assay::curl
