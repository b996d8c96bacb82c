#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::net {

/// One whole HTTP/1.x request as it came. Small: the head is one string, and headers are looked up in it.
struct ServerRequest {
  std::string method;
  std::string target;  ///< as sent: path, and query if any
  std::string fields;  ///< the header lines, each ended by CR LF
  std::string body;    ///< without transfer coding
  bool keep_alive = true;

  std::string_view path() const;   ///< the target up to '?'
  std::string_view query() const;  ///< the target after '?', or empty

  /// The first header of that name (any case), without surrounding blanks.
  std::optional<std::string_view> header(std::string_view name) const;
  /// One value of the query, not decoded.
  std::optional<std::string_view> query_value(std::string_view name) const;
};

/// One whole answer. Content-Length and Connection are the server's to write.
struct ServerResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  ServerResponse() = default;
  explicit ServerResponse(int status_) : status(status_) {}
  ServerResponse(int status_, std::string content_type, std::string body_);
  void add(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
};

std::string_view reason_of(int status);

/// The status line and header lines of `response`, the empty line included.
std::string head_of(const ServerResponse& response, bool keep_alive);

/// The same for a body that is sent by hand: of `length` bytes, or chunked when that is empty.
std::string head_of(const ServerResponse& response, bool keep_alive, std::optional<std::size_t> length);

bool same_ignoring_case(std::string_view left, std::string_view right);
std::string_view without_blanks(std::string_view text);

}  // namespace assay::net
