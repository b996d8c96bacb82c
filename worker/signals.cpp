#include "worker/signals.hpp"

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace assay {

Signals::Signals(net::EpollPort& port, std::function<void(int)> arrived) : port_(port), arrived_(std::move(arrived)) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  fd_ = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
  port_.watch(fd_, EPOLLIN, *this);
}

Signals::~Signals() {
  port_.unwatch(fd_);
  close(fd_);
}

void Signals::on_events(int, std::uint32_t) {
  signalfd_siginfo info{};
  while (read(fd_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) arrived_(static_cast<int>(info.ssi_signo));
}

}  // namespace assay
