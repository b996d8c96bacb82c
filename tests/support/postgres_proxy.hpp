#pragma once
#include <atomic>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace assay::testing {

/// A socket between a program and the database that can misbehave: lose the answer to a statement that was carried out,
/// or refuse what poolers refuse. One thread per connection; everything ends with the object.
class PostgresProxy {
 public:
  /// `url` names a server by the directory of its unix socket.
  explicit PostgresProxy(const std::string& url);
  PostgresProxy(const PostgresProxy&) = delete;
  PostgresProxy& operator=(const PostgresProxy&) = delete;
  ~PostgresProxy();

  const std::string& url() const { return url_; }

  /// The next statement that contains `word` is carried out, its answer is read, and both ends are closed instead of
  /// passing it on.
  void lose_answer_to(const std::string& word);
  int answers_lost() const { return answers_lost_; }

  /// Refuses connections that send the startup parameter `options`, as PgBouncer does.
  void refuse_options() { refuse_options_ = true; }

 private:
  void accept_all();
  void carry(int client);
  bool take_order(const std::string& sent);

  std::string server_socket_, directory_, url_;
  int listener_ = -1, ending_ = -1;
  std::atomic<bool> refuse_options_{false};
  std::atomic<int> answers_lost_{0};
  std::mutex lock_;
  std::string word_;
  std::list<std::thread> carriers_;
  std::thread accepting_;
};

}  // namespace assay::testing
