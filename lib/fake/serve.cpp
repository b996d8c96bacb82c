#include "fake/serve.hpp"

#include <sys/epoll.h>
#include <sys/signalfd.h>

#include <csignal>

#include "net/socket.hpp"

namespace assay::fake {
namespace {

/// SIGTERM and SIGINT as an event on the loop.
class EndSignals final : public net::EpollPort::Watcher {
 public:
  EndSignals(Loop& loop, net::EpollPort& port) : port_(port), came_(loop) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    descriptor_ = net::Socket(signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
    port_.watch(descriptor_.fd(), EPOLLIN | EPOLLET, *this);
  }
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;
  ~EndSignals() { port_.forget(descriptor_.fd()); }

  Signal& came() { return came_; }

 private:
  void on_events(int, std::uint32_t) override { came_.notify(); }
  net::EpollPort& port_;
  net::Socket descriptor_;
  Signal came_;
};

Task<> serve_until(Loop& loop, Provider& provider, Signal& end) {
  Stop& stop = co_await current_stop();
  Scope serving(loop, stop);
  serving.start(provider.run());
  co_await end.wait(Deadline::never());
  serving.request_stop(StopReason::draining);
  co_await serving.join();
}

}  // namespace

void serve(Options options, const std::function<void(std::uint16_t port)>& listening) {
  net::raise_descriptor_limit();
  net::EpollPort port;
  Loop loop(port);
  EndSignals signals(loop, port);
  Provider provider(loop, port, std::move(options));
  listening(provider.port());
  loop.run(serve_until(loop, provider, signals.came()));
}

}  // namespace assay::fake
