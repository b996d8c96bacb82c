#include "tests/unit/curl/raw_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "base/require.hpp"

namespace assay::test {

using namespace std::chrono_literals;

RawServer::RawServer(Handler handler, const std::string& certificate, const std::string& key)
    : handler_(std::move(handler)) {
  std::signal(SIGPIPE, SIG_IGN);
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  require(bind(listener_, plain, size) == 0 && listen(listener_, 1024) == 0, "a test server can listen");
  getsockname(listener_, plain, &size);
  port_ = ntohs(address.sin_port);
  if (!certificate.empty()) {
    tls_ = SSL_CTX_new(TLS_server_method());
    require(SSL_CTX_use_certificate_chain_file(tls_, certificate.c_str()) == 1 &&
                SSL_CTX_use_PrivateKey_file(tls_, key.c_str(), SSL_FILETYPE_PEM) == 1,
            "the test's certificate can be used");
  }
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
  {
    const std::scoped_lock lock(lock_);
    ending_ = true;
    shutdown(listener_, SHUT_RDWR);
    for (Connection& connection : connections_) {
      if (connection.fd_ >= 0) shutdown(connection.fd_, SHUT_RDWR);
    }
  }
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  close(listener_);
  if (tls_ != nullptr) SSL_CTX_free(tls_);
}

std::string RawServer::url(std::string_view path) const {
  return (tls_ != nullptr ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_) + std::string(path);
}

void RawServer::accept_all() {
  for (;;) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::scoped_lock lock(lock_);
    if (fd < 0 || ending_) {
      if (fd >= 0) close(fd);
      return;
    }
    Connection& connection = connections_.emplace_back();
    connection.fd_ = fd;
    connection.number_ = accepted_++;
    threads_.emplace_back([this, &connection] { serve(connection); });
  }
}

void RawServer::serve(Connection& connection) {
  if (tls_ != nullptr) {
    connection.ssl_ = SSL_new(tls_);
    SSL_set_fd(connection.ssl_, connection.fd_);
  }
  if (connection.ssl_ == nullptr || SSL_accept(connection.ssl_) == 1) handler_(connection);
  if (connection.ssl_ != nullptr) {
    SSL_shutdown(connection.ssl_);
    SSL_free(connection.ssl_);
  }
  const std::scoped_lock lock(lock_);
  close(connection.fd_);
  connection.fd_ = -1;
}

bool RawServer::Connection::read_more() {
  std::array<char, 16384> piece;
  const auto got = ssl_ != nullptr ? SSL_read(ssl_, piece.data(), static_cast<int>(piece.size()))
                                   : recv(fd_, piece.data(), piece.size(), 0);
  if (got <= 0) return false;
  buffer_.append(piece.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<std::string> RawServer::Connection::request() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_more()) return std::nullopt;
  }
  std::size_t whole = end + 4;
  const auto length = buffer_.find("Content-Length: ");
  if (length < end) whole += std::strtoul(buffer_.c_str() + length + 16, nullptr, 10);
  while (buffer_.size() < whole) {
    if (!read_more()) return std::nullopt;
  }
  std::string request = buffer_.substr(0, whole);
  buffer_.erase(0, whole);
  return request;
}

void RawServer::Connection::wait_for_the_end() {
  while (read_more()) buffer_.clear();
}

void RawServer::Connection::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto done = ssl_ != nullptr ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                      : send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (done <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

void RawServer::Connection::reset() {
  const linger at_once{1, 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

std::string answer(int status, std::string_view body, std::string_view more_headers) {
  return "HTTP/1.1 " + std::to_string(status) + " Said\r\n" + std::string(more_headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

RawServer::Handler always(std::string body) {
  return [body = std::move(body)](RawServer::Connection& connection) {
    while (connection.request()) connection.write(answer(200, body));
  };
}

void Gate::open() {
  const std::scoped_lock lock(lock_);
  open_ = true;
  changed_.notify_all();
}

void Gate::wait() {
  std::unique_lock lock(lock_);
  changed_.wait_for(lock, 20s, [this] { return open_; });
}

}  // namespace assay::test
