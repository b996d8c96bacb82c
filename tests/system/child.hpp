#pragma once
#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace assay::testing {

/// A program of the test's own. It dies with the test, whatever happens to the test.
class Child {
 public:
  struct Start {
    std::vector<std::string> words;                  ///< program and arguments
    std::map<std::string, std::string> environment;  ///< all of it, but for PATH and the sanitizers' options
    std::string log;                                 ///< file that standard error is appended to
  };

  explicit Child(const Start& start);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();  ///< SIGKILL, if it still runs

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  bool runs();
  std::string read_line();  ///< of standard output; throws when it ends first
  std::string read_all();   ///< of standard output, until it is closed

  /// The exit code, or 128 + the signal that ended it. Throws when it still runs after `limit`.
  int wait(std::chrono::seconds limit = std::chrono::seconds(60));

 private:
  bool reap(int options);
  pid_t pid_ = -1;
  int out_ = -1;
  std::optional<int> code_;
};

/// Waits until `holds`, looking every few milliseconds at what another process does. Throws after `limit`, naming
/// `what`.
template <class Holds>
void await(const std::string& what, std::chrono::seconds limit, Holds holds);

void pause_between_looks();
[[noreturn]] void gave_up(const std::string& what, std::chrono::seconds limit);

template <class Holds>
void await(const std::string& what, std::chrono::seconds limit, Holds holds) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) gave_up(what, limit);
    pause_between_looks();
  }
}

/// Seconds since `start`.
double seconds_since(std::chrono::steady_clock::time_point start);

}  // namespace assay::testing
