#pragma once
#include <cstdint>
#include <string>
#include <utility>

namespace assay::net {

/// An open descriptor, owned.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int fd) : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Socket() { close(); }

  int fd() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void close();

  /// Makes the close that follows tell the peer "reset" instead of "end".
  void reset_on_close();

 private:
  int fd_ = -1;
};

/// Where to listen or what to call: a numeric IPv4 or IPv6 address. Port 0: the system chooses.
struct Address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
};

/// Raises this process's limit of open descriptors as far as the system lets it; returns what it is now.
std::uint64_t raise_descriptor_limit();

}  // namespace assay::net
