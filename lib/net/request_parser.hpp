#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "net/http_message.hpp"

namespace assay::net {

/// Reads HTTP/1.x requests from bytes that come in any pieces (RFC 9112). Strict where leniency lets two programs see
/// different requests: bare line feeds, blanks before a colon, folded lines, conflicting lengths are refused. Never
/// holds more than its caps. Pure: no clock, no socket.
class RequestParser {
 public:
  struct Caps {
    std::size_t head_bytes = 16 << 10;  ///< request line and headers; trailers count too
    std::size_t body_bytes = 16 << 20;  ///< without transfer coding
  };

  explicit RequestParser(const Caps& caps) : caps_(caps) {}

  /// Takes bytes from the front of `input` until one request is whole or refused; says how many it took.
  std::size_t feed(std::string_view input);

  bool idle() const { return phase_ == Phase::head && head_.empty(); }  ///< between requests
  bool whole() const { return phase_ == Phase::whole; }
  bool refused() const { return phase_ == Phase::refused; }

  /// The client waits for "100 Continue" before it sends its body. True once per request.
  bool take_expectation();

  /// The status a refused request deserves, and why. The stream cannot be read on.
  int refusal_status() const { return status_; }
  const std::string& refusal_reason() const { return reason_; }

  /// The whole request; the parser then begins anew.
  ServerRequest take();

 private:
  enum class Phase { head, body, chunk_size, chunk_data, chunk_end, trailers, whole, refused };

  std::size_t feed_head(std::string_view input);
  std::size_t feed_body(std::string_view input);
  std::size_t feed_line(std::string_view input);
  void read_head();
  void read_request_line(std::string_view line);
  void read_fields(std::string_view lines);
  void read_framing();
  void read_chunk_size(std::string_view line);
  void on_line(std::string_view line);
  void refuse(int status, std::string reason);

  const Caps caps_;
  Phase phase_ = Phase::head;
  std::string head_;      // the head, or a line of the chunked coding, as far as it has come
  std::size_t left_ = 0;  // bytes of the body or the chunk still to come
  std::size_t trailer_bytes_ = 0;
  bool http_1_0_ = false, expects_ = false;
  ServerRequest request_;
  int status_ = 0;
  std::string reason_;
};

}  // namespace assay::net
