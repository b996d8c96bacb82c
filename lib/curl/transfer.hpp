#pragma once
#include <curl/curl.h>

#include <array>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "curl/header_list.hpp"
#include "curl/settings.hpp"
#include "http/message.hpp"
#include "runtime/loop.hpp"

namespace assay::curl {

class Exchange;
class Multi;
class Sockets;
struct Origin;

/// One exchange on its easy handle, from send() until its outcome is handed over; then kept for the next. It owns the
/// request, so curl reads the body where it lies, whatever becomes of the coroutine that asked.
struct Transfer {
  Transfer(Loop& loop, const Settings& settings) : loop_(loop), settings_(settings) {}
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() { drop_easy(); }

  /// Takes the request and sets the easy handle up for it. False: the request cannot be built; `why()` says so.
  bool prepare(http::Request request, CURLSH* share, Sockets& sockets);

  /// Signs what is to be signed just before curl gets it. False: `why()` says what is wrong with the request.
  bool sign();

  /// What curl's verdict means for the caller. Takes the answer out.
  Result<http::Response, http::Failure> conclude(CURLcode code);
  http::Failure fail(http::Failure::Kind kind, std::string detail);

  /// Forgets the request and wipes its secrets; the easy handle stays.
  void clear();
  void drop_easy();

  std::string phase() const;
  bool first_byte_came() const { return first_byte_at_.has_value(); }
  Instant last_byte_at() const { return last_byte_at_; }
  const std::string& why() const { return why_; }
  const std::exception_ptr& error() const { return error_; }
  bool resend_refused() const { return stop_cause_ == StopCause::resend; }
  std::uint64_t wire_bytes(CURLINFO which) const;

  CURL* easy = nullptr;
  Exchange* exchange = nullptr;  ///< who waits; null when nobody does any more
  Multi* multi = nullptr;        ///< who carries it; null while it waits its turn
  Origin* origin = nullptr;
  std::vector<int> new_sockets;  ///< opened for it, none of them a connection yet
  bool opening = false;          ///< among the host's transfers that will open a connection
  bool counted = false;          ///< among the host's busy ones
  int socket = -1;               ///< the one curl last watched for it
  std::uint64_t number = 0;      ///< tells this exchange from the next on the same handle
  Instant asked{}, launched{};

 private:
  static constexpr long read_size = 4 << 10;     // 16 KB would cost 4 KB more memory for each exchange in flight
  static constexpr long upload_size = 16 << 10;  // the least that curl takes
  enum class StopCause { none, resend, too_large, header_flood, sink, abandoned };
  bool make_easy(CURLSH* share, Sockets& sockets);
  bool set_headers();
  void choose_method();
  std::size_t take_header(std::string_view line);
  std::size_t take_body(std::string_view bytes);
  bool sent() const;
  http::Failure::Kind kind_of(CURLcode code) const;
  std::string words_for(CURLcode code) const;
  const char* flaw() const;
  std::size_t refuse(StopCause cause);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static int on_request(void* self, char*, char*, int, int local_port);

  Loop& loop_;
  const Settings& settings_;
  Sockets* sockets_ = nullptr;
  http::Request request_;
  HeaderList lines_;
  http::Headers headers_;
  std::string body_;
  int status_ = 0;
  bool headers_ended_ = false, head_told_ = false;
  std::size_t header_bytes_ = 0, body_bytes_ = 0;
  std::optional<Instant> written_at_, first_byte_at_;
  Instant last_byte_at_{};
  StopCause stop_cause_ = StopCause::none;
  std::exception_ptr error_;
  std::string why_;
  bool compressed_ = false;  ///< how the easy handle is set
  std::array<char, CURL_ERROR_SIZE> curl_says_{};
};

}  // namespace assay::curl
