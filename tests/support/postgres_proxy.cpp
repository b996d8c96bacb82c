#include "tests/support/postgres_proxy.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace assay::testing {
namespace {

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error("the socket's path is too long: " + path);
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

int connect_to(const std::string& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(path);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(fd);
    return -1;
  }
  return fd;
}

std::string read_some(int fd) {
  char buffer[65536];
  const ssize_t got = ::read(fd, buffer, sizeof buffer);
  return got > 0 ? std::string(buffer, static_cast<std::size_t>(got)) : std::string();
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string refusal() {
  using namespace std::string_literals;
  const std::string fields = "SFATAL\0C08P01\0Munsupported startup parameter: options\0\0"s;
  const std::size_t length = fields.size() + 4;
  return "E"s + '\0' + '\0' + static_cast<char>(length >> 8) + static_cast<char>(length & 255) + fields;
}

bool readable(int fd) {
  pollfd watched{fd, POLLIN, 0};
  return ::poll(&watched, 1, -1) > 0;
}

}  // namespace

PostgresProxy::PostgresProxy(const std::string& url) {
  const std::size_t host = url.find("host=") + 5;
  const std::string server = url.substr(host, url.find('&', host) - host);
  server_socket_ = server + "/.s.PGSQL.5432";
  std::string pattern = (std::filesystem::temp_directory_path() / "assay-proxy-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  directory_ = pattern;
  url_ = url;
  url_.replace(host, server.size(), directory_);

  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(directory_ + "/.s.PGSQL.5432");
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 64) != 0) {
    throw std::runtime_error("cannot listen in " + directory_);
  }
  ending_ = ::eventfd(0, EFD_CLOEXEC);
  accepting_ = std::thread([this] { accept_all(); });
}

PostgresProxy::~PostgresProxy() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(ending_, &one, sizeof one);
  accepting_.join();
  for (std::thread& carrier : carriers_) carrier.join();
  ::close(listener_);
  ::close(ending_);
  std::filesystem::remove_all(directory_);
}

void PostgresProxy::lose_answer_to(const std::string& word) {
  std::lock_guard<std::mutex> lock(lock_);
  word_ = word;
}

void PostgresProxy::accept_all() {
  for (;;) {
    pollfd watched[2] = {{ending_, POLLIN, 0}, {listener_, POLLIN, 0}};
    ::poll(watched, 2, -1);
    if (watched[0].revents != 0) return;
    const int client = ::accept(listener_, nullptr, nullptr);
    if (client >= 0) carriers_.emplace_back([this, client] { carry(client); });
  }
}

bool PostgresProxy::take_order(const std::string& sent) {
  std::lock_guard<std::mutex> lock(lock_);
  if (word_.empty() || sent.find(word_) == std::string::npos) return false;
  word_.clear();
  return true;
}

void PostgresProxy::carry(int client) {
  const int server = connect_to(server_socket_);
  bool open = server >= 0, losing = false;
  while (open) {
    pollfd watched[3] = {{ending_, POLLIN, 0}, {client, POLLIN, 0}, {server, POLLIN, 0}};
    ::poll(watched, 3, -1);
    if (watched[0].revents != 0) break;
    if (watched[1].revents != 0) {
      const std::string sent = read_some(client);
      if (refuse_options_ && sent.find(std::string("options\0", 8)) != std::string::npos) {
        write_all(client, refusal());
        break;
      }
      losing = losing || take_order(sent);
      open = !sent.empty() && write_all(server, sent);
    }
    if (open && watched[2].revents != 0) {
      std::string answer = read_some(server);
      if (losing && !answer.empty()) {
        // An answer ends in ReadyForQuery (idle): the transaction is over by then.
        while (answer.size() < 6 || answer.substr(answer.size() - 6) != std::string("Z\0\0\0\5I", 6)) {
          if (!readable(server)) break;
          const std::string more = read_some(server);
          if (more.empty()) break;
          answer += more;
        }
        ++answers_lost_;
        break;
      }
      open = !answer.empty() && write_all(client, answer);
    }
  }
  ::close(client);
  if (server >= 0) ::close(server);
}

}  // namespace assay::testing
