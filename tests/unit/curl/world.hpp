#pragma once
#include <optional>
#include <string>
#include <utility>

#include "curl/curl_transport.hpp"
#include "net/epoll_port.hpp"
#include "runtime/scope.hpp"
#include "tests/unit/curl/raw_server.hpp"

namespace assay::test {

using namespace std::chrono_literals;
using http::Failure;
using Outcome = Result<http::Response, Failure>;

/// A real loop, and a few verbs for exchanges on it.
struct World {
  net::EpollPort port;
  Loop loop{port};

  Deadline soon() { return Deadline{loop.now() + 20s}; }

  static Task<Outcome> carry(http::Transport& transport, http::Request request, Deadline deadline) {
    Outcome outcome = co_await transport.send(std::move(request), deadline);
    co_return outcome;
  }

  static Task<> keep(http::Transport& transport, http::Request request, Deadline deadline,
                     std::optional<Outcome>& outcome) {
    outcome = co_await carry(transport, std::move(request), deadline);
  }

  Outcome send(http::Transport& transport, http::Request request) {
    return loop.run(carry(transport, std::move(request), soon()));
  }

  /// One request on a transport of its own.
  Outcome send(http::Request request, curl::Settings settings = {}) {
    curl::CurlTransport transport(loop, port, std::move(settings));
    return send(transport, std::move(request));
  }
};

inline http::Request a_post(std::string url, std::string body = "question") {
  http::Request request("POST", std::move(url));
  request.body = std::move(body);
  return request;
}

inline std::string text_of(const Outcome& outcome) {
  return outcome ? "status " + std::to_string(outcome->status)
                 : std::string(to_string(outcome.error().kind)) + ": " + outcome.error().detail;
}

inline bool failed_as(const Outcome& outcome, Failure::Kind kind) {
  return !outcome && outcome.error().kind == kind;
}

}  // namespace assay::test
