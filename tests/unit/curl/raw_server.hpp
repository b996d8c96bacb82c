#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "runtime/loop.hpp"
#include "runtime/wait.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace assay::test {

/// A server that does byte by byte what a handler says, one thread for each connection: for faults that no well-behaved
/// server can be asked for. With a certificate it speaks TLS.
class RawServer {
 public:
  class Connection {
   public:
    /// The next request whole (head and body by Content-Length); none when the client has gone.
    std::optional<std::string> request();
    /// Reads on until the client has gone.
    void wait_for_the_end();
    void write(std::string_view bytes);
    /// Ends it with a reset instead of an orderly close.
    void reset();
    int number() const { return number_; }  ///< 0 for the first that was accepted

   private:
    friend class RawServer;
    bool read_more();
    int fd_ = -1;
    int number_ = 0;
    ssl_st* ssl_ = nullptr;
    std::string buffer_;
  };
  using Handler = std::function<void(Connection&)>;

  explicit RawServer(Handler handler, const std::string& certificate = "", const std::string& key = "");
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer();

  int port() const { return port_; }
  std::string url(std::string_view path = "/") const;
  int accepted() const { return accepted_; }

 private:
  void accept_all();
  void serve(Connection& connection);

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  ssl_ctx_st* tls_ = nullptr;
  std::atomic<int> accepted_ = 0;
  std::mutex lock_;
  bool ending_ = false;
  std::list<Connection> connections_;
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

std::string answer(int status, std::string_view body, std::string_view more_headers = "");

/// Answers every request of a connection with 200 and `body`.
RawServer::Handler always(std::string body);

/// An event told by another thread to a coroutine of the loop.
class Knock {
 public:
  explicit Knock(Loop& loop) : loop_(loop), signal_(loop) {}
  void now() {
    loop_.post([this] { signal_.notify(); });
  }
  Signal::Waiting heard() { return signal_.wait(Deadline{loop_.now() + std::chrono::seconds(20)}); }

 private:
  Loop& loop_;
  Signal signal_;
};

/// Keeps another thread waiting until the test lets it go; at most twenty seconds.
class Gate {
 public:
  void open();
  void wait();

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  bool open_ = false;
};

}  // namespace assay::test
