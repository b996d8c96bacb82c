#pragma once
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "net/http_server.hpp"
#include "runtime/scope.hpp"

namespace assay::test {

/// Which requests a script is for.
struct Match {
  std::string method, path;
};
Match get(std::string path);
Match post(std::string path);

struct Body {
  std::string bytes, type = "text/plain";
};
Body body(std::string bytes);
Body json_body(std::string text);

/// One answer of a script, good or bad.
struct Step {
  enum class Manner { whole, by_hand, never };
  Manner manner = Manner::whole;
  net::ServerResponse response;
  Duration delay{};
  bool held = false;                      ///< until Imposter::release()
  std::size_t piece = 0;                  ///< bytes per packet; 0: all at once
  std::optional<std::size_t> cut, reset;  ///< end or break the connection after so many bytes of the body
  bool cut_before_headers = false;
  bool chunked = false;
  std::string raw;  ///< the whole answer as bytes, when not empty
};

/// What one kind of request is answered, time after time; the last step is repeated. Reads as a sentence:
/// `imposter.when(post("/v1/messages")).reply(429).retry_after(2s).then().reply(body("ok"))`
class Script {
 public:
  Script& reply(int status);
  Script& reply(Body body);  ///< also after reply(status): its body
  Script& header(std::string name, std::string value);
  Script& retry_after(std::chrono::seconds wait);
  Script& after(Duration delay);
  Script& in_pieces_of(std::size_t bytes);    ///< one packet each, with the loop's turn between them
  Script& chunked(std::size_t piece);         ///< Transfer-Encoding: chunked, a chunk per piece
  Script& cut_after(std::size_t body_bytes);  ///< says the full length, sends so much, ends
  Script& reset_after(std::size_t body_bytes);
  Script& hang_up();               ///< ends without a byte
  Script& raw(std::string bytes);  ///< these bytes, then the end
  Script& never();                 ///< no byte, until the client leaves
  Script& when_released();         ///< holds the answer back until Imposter::release()
  Script& then();                  ///< the next request's answer

 private:
  friend class Imposter;
  explicit Script(Match match) : match_(std::move(match)), steps_(1) {}
  Step& last() { return steps_.back(); }
  const Step& next();

  Match match_;
  std::deque<Step> steps_;  // stay put: an answer in progress refers to its own
  std::size_t at_ = 0;
};

/// A real local HTTP server with a script, on the test's own loop. Works while that loop runs. What no script is for is
/// answered 404. Every whole request is kept.
class Imposter {
 public:
  Imposter(Loop& loop, net::EpollPort& port, net::HttpLimits limits = {});

  std::string url(std::string_view path = {}) const;
  std::uint16_t port() const { return server_.port(); }

  /// A new script; the latest for a request wins.
  Script& when(Match match);

  void release();  ///< lets one held answer go, or the next to come when none is waiting

  const std::vector<net::ServerRequest>& requests() const { return requests_; }
  std::size_t open() const { return open_; }            ///< requests that are being answered
  std::size_t abandoned() const { return abandoned_; }  ///< whose client left before the answer was out
  std::uint64_t connections_made() const { return server_.accepted(); }
  std::size_t connections() const { return server_.connections(); }

 private:
  struct Open;
  Task<> answer(net::ServerRequest request, net::Exchange& exchange);
  Task<> play(const Step& step, net::Exchange& exchange);
  Task<> play_by_hand(const Step& step, net::Exchange& exchange);
  Script* script_for(const net::ServerRequest& request);

  Loop& loop_;
  std::deque<Script> scripts_;
  std::vector<net::ServerRequest> requests_;
  std::size_t open_ = 0, abandoned_ = 0;
  std::size_t releases_ = 0;
  Signal released_, never_;
  net::HttpServer server_;
  Scope scope_;
};

}  // namespace assay::test
