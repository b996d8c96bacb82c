#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>

#include "curl/transfer.hpp"

namespace assay::curl {
namespace {

/// Text of curl's or the server's, made fit for a log: no control bytes, no secret of this request, no end of pages.
std::string tame(std::string text, const http::Request& request) {
  for (const auto& secret : request.secrets) {
    const std::string_view value = secret.value.reveal();
    if (value.empty()) continue;
    for (auto at = text.find(value); at != text.npos; at = text.find(value)) text.replace(at, value.size(), "[secret]");
  }
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  if (text.size() > 300) text.resize(300);
  return text;
}

/// A length that curl would take; a larger one it ignores and reads until the connection ends.
bool is_length(std::string_view text) {
  std::int64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  return error == std::errc() && end == text.data() + text.size() && length >= 0;
}

bool is_decoded(std::string_view encoding) {
  return encoding.empty() || encoding == "identity";
}

}  // namespace

Result<http::Response, http::Failure> Transfer::conclude(CURLcode code) {
  if (code != CURLE_OK) return failure(fail(kind_of(code), words_for(code)));
  if (!headers_ended_) return failure(fail(http::Failure::Kind::cut_off, "the connection ended inside the headers"));
  if (const char* found = flaw()) return failure(fail(http::Failure::Kind::bad_answer, found));
  const Instant now = loop_.measure();
  const Instant written = written_at_.value_or(asked);
  http::Response response;
  response.status = status_;
  response.headers = std::move(headers_);
  response.body = std::move(body_);
  response.queued = written - asked;
  response.first_byte = first_byte_at_.value_or(now) - written;
  response.total = now - written;
  return response;
}

/// What curl lets pass, and what would hand half an answer over as a whole one.
const char* Transfer::flaw() const {
  const auto encoding = http::find_header(headers_, "content-encoding");
  if (!request_.accept_compressed && encoding && !is_decoded(*encoding) && body_bytes_ > 0) {
    return "the answer is compressed, which was not offered";
  }
  if (http::find_header(headers_, "transfer-encoding")) return nullptr;
  const auto length = http::find_header(headers_, "content-length");
  return length && !is_length(*length) ? "the answer's length is not a number" : nullptr;
}

http::Failure Transfer::fail(http::Failure::Kind kind, std::string detail) {
  http::Failure failed;
  failed.kind = kind;
  failed.sent = sent();
  failed.status = status_;
  failed.headers = std::move(headers_);
  failed.queued = written_at_.value_or(loop_.measure()) - asked;
  failed.detail = tame(std::move(detail), request_);
  return failed;
}

http::Failure::Kind Transfer::kind_of(CURLcode code) const {
  using Kind = http::Failure::Kind;
  switch (stop_cause_) {
    case StopCause::resend:
      return Kind::cut_off;
    case StopCause::too_large:
      return Kind::too_large;
    case StopCause::header_flood:
      return Kind::bad_answer;
    case StopCause::sink:
      return Kind::internal;
    case StopCause::abandoned:
      return Kind::cancelled;
    case StopCause::none:
      break;
  }
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
      return Kind::unreachable;
    case CURLE_OPERATION_TIMEDOUT:
      return Kind::timed_out;
    case CURLE_SEND_ERROR:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return Kind::cut_off;
    case CURLE_RECV_ERROR:
      // curl has one code for a dead connection and for broken framing; only its words tell them apart.
      return std::string_view(curl_says_.data()).find("hunked") == std::string_view::npos ? Kind::cut_off
                                                                                          : Kind::bad_answer;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_FUNCTION_NOT_FOUND:
    case CURLE_WRITE_ERROR:
      return Kind::bad_answer;
    case CURLE_UNSUPPORTED_PROTOCOL:
      return written_at_ ? Kind::bad_answer : Kind::internal;
    default:
      return written_at_ ? Kind::bad_answer : Kind::internal;
  }
}

std::string Transfer::words_for(CURLcode code) const {
  switch (stop_cause_) {
    case StopCause::resend:
      return "the kept connection ended without an answer; not sent again";
    case StopCause::too_large:
      return "the answer's body passed its cap after " + std::to_string(body_bytes_) + " bytes";
    case StopCause::header_flood:
      return "the answer's headers passed their cap";
    case StopCause::sink:
      return "the answer could not be taken in";
    case StopCause::abandoned:
      return "nobody waits for the answer";
    case StopCause::none:
      break;
  }
  return curl_says_[0] != '\0' ? curl_says_.data() : curl_easy_strerror(code);
}

std::string Transfer::phase() const {
  if (multi == nullptr) return "waiting for a free connection";
  if (!written_at_) return "connecting";
  return first_byte_at_ ? "reading the answer" : "waiting for the answer";
}

/// Whole, as far as curl handed it to the system. A request without a body counts from its first byte, and one that
/// curl wanted to write again may have left whole the first time.
bool Transfer::sent() const {
  if (easy == nullptr || !written_at_) return false;
  if (stop_cause_ == StopCause::resend) return true;
  long written = 0;
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &written);
  return written > 0 && wire_bytes(CURLINFO_SIZE_UPLOAD_T) >= request_.body.size();
}

}  // namespace assay::curl
