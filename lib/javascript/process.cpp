#include "javascript/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace assay::javascript {
namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }
  int number() const { return number_; }

 private:
  int number_;
};

/// Sockets, for a write to one that nobody reads any more must not raise SIGPIPE.
std::pair<Descriptor, Descriptor> connected() {
  std::array<int, 2> ends{-1, -1};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::pair<Descriptor, Descriptor>();
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

/// A child that is dead and reaped when this ends.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { end(); }

  /// Kills it if it still runs; the status that waitpid() gives.
  int end() {
    if (pid_ <= 0) return status_;
    kill(pid_, SIGKILL);
    return wait();
  }
  int wait() {
    while (pid_ > 0 && waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status_;
  }

 private:
  pid_t pid_;
  int status_ = 0;
};

pid_t start(const std::string& program, const std::string& argument, int in_out) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in_out, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, in_out, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::string name = program, word = argument, zone = "TZ=UTC", language = "LC_ALL=C.UTF-8";
  const std::array<char*, 3> arguments{name.data(), word.data(), nullptr};
  const std::array<char*, 3> environment{zone.data(), language.data(), nullptr};
  pid_t pid = -1;
  const int error = posix_spawn(&pid, program.c_str(), &actions, &attributes, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? pid : -1;
}

std::string milliseconds(Duration time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) + " ms";
}

}  // namespace

Result<std::string, std::string> run_process(const std::string& program, const std::string& argument,
                                             std::string_view input, Duration time, std::size_t most_output) {
  const Clock::time_point deadline = Clock::now() + time;
  auto [ours, theirs] = connected();
  if (ours.number() < 0) return failure(std::string("no socket for the script's process: ") + std::strerror(errno));
  const pid_t pid = start(program, argument, theirs.number());
  if (pid < 0) return failure("the script's process could not be started: " + program);
  Child child(pid);
  theirs.close();
  std::string output;
  bool writing = true;
  std::array<char, 16384> buffer;
  for (;;) {
    if (writing && input.empty()) {
      shutdown(ours.number(), SHUT_WR);
      writing = false;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return failure("the script did not end within " + milliseconds(time) + " and was killed");
    pollfd wanted{ours.number(), static_cast<short>(POLLIN | (writing ? POLLOUT : 0)), 0};
    const int ready = poll(&wanted, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
    if (ready <= 0) continue;
    if (writing && (wanted.revents & POLLOUT) != 0) {
      const ssize_t sent = send(ours.number(), input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) input.remove_prefix(static_cast<std::size_t>(sent));
      if (sent < 0 && errno != EAGAIN && errno != EINTR) input = {};  // it reads no more: its answer says why
    }
    if ((wanted.revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
    const ssize_t got = recv(ours.number(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got > 0) output.append(buffer.data(), static_cast<std::size_t>(got));
    if (output.size() > most_output)
      return failure("the script's process wrote more than " + std::to_string(most_output) + " bytes");
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got <= 0) break;
  }
  const int status = child.wait();
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGSYS)
      return failure(std::string("the script's process asked the kernel for what it must not have, and was killed"));
    return failure("the script's process was ended by signal " + std::to_string(signal) + ", perhaps for its memory");
  }
  if (WEXITSTATUS(status) != 0)
    return failure("the script's process ended with status " + std::to_string(WEXITSTATUS(status)));
  return output;
}

}  // namespace assay::javascript
