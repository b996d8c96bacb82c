#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "net/connection.hpp"
#include "runtime/loop.hpp"

namespace assay::test {

/// Runs the loop until `holds` does; fails the test by an exception when that takes ten seconds.
void run_until(Loop& loop, const std::function<bool()>& holds);

/// An HTTP client that sends any bytes it is told to. Each call runs the loop until it is done, so that a test reads
/// straight down; a call that would wait more than ten seconds throws.
class RawClient {
 public:
  RawClient(Loop& loop, net::EpollPort& port, std::uint16_t server_port);

  void send(std::string_view bytes);
  /// Lets the server see what was sent so far, by running the loop until nothing moves.
  void let_it_sink_in();

  std::string read_answer();  ///< one whole answer, head and body as they came; throws when the connection ends first
  std::string read_head();    ///< up to the empty line
  std::string read(std::size_t count);
  std::string read_to_end();  ///< until the server ends or breaks the connection
  bool ended();               ///< waits for the end; false when bytes come instead
  bool was_reset() const { return connection_.was_reset(); }
  void stop_sending() { connection_.finish_writing(); }
  void reset() { connection_.reset(); }

 private:
  bool fill();
  Loop& loop_;
  net::Connection connection_;
  std::string got_;
};

/// The body of an answer that read_answer() gave.
std::string body_of(std::string_view answer);
int status_of(std::string_view answer);

}  // namespace assay::test
