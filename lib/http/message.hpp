#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace assay::http {

/// Headers in wire order. Names compare without case.
using Headers = std::vector<std::pair<std::string, std::string>>;
std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);

/// A header whose value must not be seen by anyone but the server.
struct SecretHeader {
  std::string name;
  std::string prefix;  ///< "Bearer " or empty
  Secret value;
};

/// One request, ready to be sent as it is. Bodies are held whole in memory.
struct Request {
  std::string method = "POST";
  std::string url;
  Headers headers;
  std::vector<SecretHeader> secrets;
  std::string body;
  std::size_t max_response_bytes = 16u << 20;  ///< of the decompressed body; more is Failure::Kind::too_large
  bool accept_compressed = true;               ///< offer gzip and deflate; the cap counts expanded bytes

  /// When set, body bytes go here as they arrive (loop thread; must not await) and Response::body stays empty. The
  /// server is read no faster than the sink takes. What a sink was given is its own to bound: max_response_bytes does
  /// not count it; the transport ends a body without end at a limit of its own (too_large).
  std::function<void(std::string_view)> body_sink;
  /// When set, the answer's status and headers go here, once, before the first body byte (loop thread; must not await).
  /// Interim answers (1xx) do not.
  std::function<void(int status, const Headers&)> head_sink;

  /// When set, called just before the request is sent, with the time of day: signatures that hold a time are made here.
  /// It may add headers and secrets, and change nothing else.
  std::function<void(Request&, std::chrono::sys_seconds)> sign;

  Request() = default;
  Request(std::string method_, std::string url_) : method(std::move(method_)), url(std::move(url_)) {}
};

/// Whatever a server answered, any status.
struct Response {
  int status = 0;
  Headers headers;
  std::string body;
  Duration first_byte{};  ///< from the request's first byte written to the answer's first byte
  Duration total{};       ///< from the request's first byte written to the answer's last byte
  Duration queued{};      ///< from send() to the request's first byte written, connection set-up included
};

/// Why there was no answer.
struct Failure {
  enum class Kind {
    unreachable,  ///< no connection: name, route, refusal, TLS
    timed_out,    ///< the deadline or the connect timeout passed
    cut_off,      ///< the connection ended inside the answer
    too_large,    ///< the body passed its cap; what came is thrown away
    bad_answer,   ///< not HTTP, or undecodable compression
    cancelled,    ///< the awaiting scope was stopped
    internal      ///< the request could not be built
  };
  Kind kind = Kind::internal;
  bool sent = false;   ///< the request's body left this process whole: the server may have acted on it
  int status = 0;      ///< when a status line had arrived
  Headers headers;     ///< when they had arrived
  std::string detail;  ///< for people; never a key, never a URL's query
  Duration queued{};   ///< as Response::queued; the whole time when nothing was written
};
std::string_view to_string(Failure::Kind kind);

}  // namespace assay::http
