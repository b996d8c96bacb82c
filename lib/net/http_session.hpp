#pragma once
#include <functional>
#include <span>
#include <string>

#include "net/connection.hpp"
#include "net/exchange.hpp"
#include "net/request_parser.hpp"
#include "runtime/task.hpp"

namespace assay::net {

/// What a server allows its clients. Each bound holds per connection unless said otherwise.
struct HttpLimits {
  RequestParser::Caps caps;
  std::size_t connections = 20'000;                 ///< of the server; more wait in the system's backlog
  Duration idle = std::chrono::seconds(75);         ///< between requests
  Duration request = std::chrono::seconds(30);      ///< from a request's first byte to its last
  Duration write_stall = std::chrono::seconds(30);  ///< the client takes no byte of an answer
  Duration linger = std::chrono::seconds(2);        ///< after a refusal, for the client to read why
};

/// What all sessions of one server share. It outlives them.
struct SessionShared {
  HttpLimits limits;
  Handler handler;
  std::string scratch;  ///< where bytes arrive before they are parsed; nobody keeps anything in it over an await
  bool draining = false;
};

/// One connection of the HTTP server: its requests, one after another. Between requests it holds no buffer.
class HttpSession {
 public:
  HttpSession(Loop& loop, EpollPort& port, Socket socket, SessionShared& shared);
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;

  /// Serves until either side ends it. `stop` is the node under which this runs: it is requested when the client leaves
  /// while a handler works.
  Task<> run(Stop& stop);

  /// Ends after the request at hand; at once when there is none.
  void drain();

 private:
  class Working;
  Task<bool> receive();
  Task<bool> answer(ServerRequest request, Stop& stop);
  Task<> refuse(int status, std::string reason);
  Task<> linger();
  void take_in(std::string_view arrived);

  SessionShared& shared_;
  Connection connection_;
  RequestParser parser_;
  std::string pending_;           // arrived behind the request at hand
  Exchange* exchange_ = nullptr;  // while a handler works
  std::function<void()> if_reset_;
};

}  // namespace assay::net
