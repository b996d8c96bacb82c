#include "curl/transfer.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>
#include <utility>

#include "curl/sockets.hpp"

namespace assay::curl {
namespace {

constexpr std::size_t max_header_bytes = 64u << 10;
constexpr std::size_t free_expansion = 1u << 20;  // below this any compression ratio is welcome
constexpr std::size_t max_ratio = 100;
constexpr long read_size = 16 << 10;

long milliseconds(Duration duration) {
  return static_cast<long>(std::max<Duration::rep>(1, duration.count() / 1'000'000));
}

std::string_view without_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

int status_in(std::string_view line) {
  const auto space = line.find(' ');
  int status = 0;
  if (space != line.npos) std::from_chars(line.data() + space + 1, line.data() + line.size(), status);
  return status;
}

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

bool is_decoded(std::string_view encoding) { return encoding.empty() || encoding == "identity"; }

}  // namespace

bool Transfer::make_easy(CURLSH* share, Sockets& sockets) {
  if (easy != nullptr) return true;
  easy = curl_easy_init();
  if (easy == nullptr) return false;
  compressed_ = false;
  const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(easy, option, value); };
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_SHARE, share);
  set(CURLOPT_ERRORBUFFER, curl_says_.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // leaving a name that still resolves must not wait for its thread
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, "");  // set and empty: the environment's proxies do not count
  set(CURLOPT_NOPROXY, "*");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  // One file and no directory of authorities: only then does curl keep the parsed store from connection to connection.
  set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
  if (!settings_.ca_file.empty()) set(CURLOPT_CAINFO, settings_.ca_file.c_str());
  set(CURLOPT_USERAGENT, settings_.user_agent.c_str());
  set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(settings_.connect_timeout));
  set(CURLOPT_MAXAGE_CONN, std::max(1L, milliseconds(settings_.idle_limit) / 1000));
  set(CURLOPT_BUFFERSIZE, read_size);
  set(CURLOPT_UPLOAD_BUFFERSIZE, read_size);
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_TCP_KEEPIDLE, 30L);
  set(CURLOPT_TCP_KEEPINTVL, 15L);
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_request);
  set(CURLOPT_PREREQDATA, this);
  sockets_ = &sockets;
  sockets.attach(*this);
  return true;
}

bool Transfer::prepare(http::Request request, CURLSH* share, Sockets& sockets) {
  request_ = std::move(request);
  if (!make_easy(share, sockets)) {
    why_ = "no memory for an easy handle";
    return false;
  }
  if (!lines_.build(request_)) {
    why_ = "a header of the request cannot be sent";
    return false;
  }
  if (request_.method.empty() ||
      !std::all_of(request_.method.begin(), request_.method.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
    why_ = "the request's method is not a word in capitals";
    return false;
  }
  choose_method();
  if (compressed_ != request_.accept_compressed) {
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, request_.accept_compressed ? "gzip, deflate" : nullptr);
    compressed_ = request_.accept_compressed;
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines_.first());
  if (curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str()) != CURLE_OK) {
    why_ = "the request's URL cannot be used";
    return false;
  }
  return true;
}

void Transfer::choose_method() {
  const std::string& method = request_.method;
  const bool bodied = !request_.body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
  const char* custom = nullptr;
  if (bodied) {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data());
    if (method != "POST") custom = method.c_str();
  } else if (method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    if (method != "GET") custom = method.c_str();
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, custom);
}

/// Called when a connection stands and the request is about to be written. A second time means that the kept connection
/// of the first time died: whatever had been written may have been served, and must not be written again.
int Transfer::on_request(void* self, char*, char*, int, int local_port) {
  Transfer& transfer = *static_cast<Transfer*>(self);
  long written = 0;
  if (transfer.written_at_) curl_easy_getinfo(transfer.easy, CURLINFO_REQUEST_SIZE, &written);
  if (written > 0) {
    transfer.refuse(StopCause::resend);
    return CURL_PREREQFUNC_ABORT;
  }
  if (!transfer.new_sockets.empty()) transfer.sockets_->established(transfer, local_port);
  transfer.written_at_ = transfer.loop_.measure();
  return CURL_PREREQFUNC_OK;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  Transfer& transfer = *static_cast<Transfer*>(self);
  try {
    return transfer.take_header({data, size * count});
  } catch (...) {
    transfer.error_ = std::current_exception();
    return transfer.refuse(StopCause::sink);
  }
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  Transfer& transfer = *static_cast<Transfer*>(self);
  try {
    return transfer.take_body({data, size * count});
  } catch (...) {
    transfer.error_ = std::current_exception();
    return transfer.refuse(StopCause::sink);
  }
}

/// Anything but the count it was given makes curl abort. Never CURL_WRITEFUNC_PAUSE, which is far above any count.
std::size_t Transfer::refuse(StopCause cause) {
  stop_cause_ = cause;
  return 0;
}

std::size_t Transfer::take_header(std::string_view line) {
  if (!first_byte_at_) first_byte_at_ = last_byte_at_ = loop_.measure();
  header_bytes_ += line.size();
  if (header_bytes_ > max_header_bytes) return refuse(StopCause::header_flood);
  const std::string_view text = without_end(line);
  if (text.substr(0, 5) == "HTTP/" && body_bytes_ == 0) {
    headers_.clear();  // what came before was an interim answer
    headers_ended_ = false;
    status_ = status_in(text);
  } else if (text.empty()) {
    headers_ended_ = true;
  } else if (text.front() == ' ' || text.front() == '\t') {
    if (!headers_.empty()) headers_.back().second.append(" ").append(trimmed(text));
  } else if (const auto colon = text.find(':'); colon != text.npos) {
    headers_.emplace_back(text.substr(0, colon), trimmed(text.substr(colon + 1)));
  }
  return line.size();
}

std::size_t Transfer::take_body(std::string_view bytes) {
  if (settings_.stall_timeout > Duration::zero()) last_byte_at_ = loop_.measure();
  body_bytes_ += bytes.size();
  if (body_bytes_ > request_.max_response_bytes) return refuse(StopCause::too_large);
  if (body_bytes_ > free_expansion) {
    // The piece being decoded is counted by curl only afterwards; it is never larger than one read.
    const std::uint64_t came = wire_bytes(CURLINFO_SIZE_DOWNLOAD_T) + read_size;
    if (body_bytes_ / max_ratio > came) return refuse(StopCause::too_large);
  }
  if (request_.body_sink) {
    request_.body_sink(bytes);
    return bytes.size();
  }
  if (body_.empty()) {
    curl_off_t announced = 0;
    curl_easy_getinfo(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    if (announced > 0) body_.reserve(std::min<std::size_t>(static_cast<std::size_t>(announced), free_expansion));
  }
  body_.append(bytes);
  return bytes.size();
}

std::uint64_t Transfer::wire_bytes(CURLINFO which) const {
  curl_off_t bytes = 0;
  curl_easy_getinfo(easy, which, &bytes);
  return static_cast<std::uint64_t>(bytes);
}

/// Whole, as far as curl handed it to the system. A request without a body counts from its first byte, and one that curl
/// wanted to write again may have left whole the first time.
bool Transfer::sent() const {
  if (easy == nullptr || !written_at_) return false;
  if (stop_cause_ == StopCause::resend) return true;
  long written = 0;
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &written);
  return written > 0 && wire_bytes(CURLINFO_SIZE_UPLOAD_T) >= request_.body.size();
}

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
  failed.detail = tame(std::move(detail), request_);
  return failed;
}

http::Failure::Kind Transfer::kind_of(CURLcode code) const {
  using Kind = http::Failure::Kind;
  switch (stop_cause_) {
    case StopCause::resend: return Kind::cut_off;
    case StopCause::too_large: return Kind::too_large;
    case StopCause::header_flood: return Kind::bad_answer;
    case StopCause::sink: return Kind::internal;
    case StopCause::none: break;
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
      return std::string_view(curl_says_.data()).find("hunked") == std::string_view::npos ? Kind::cut_off : Kind::bad_answer;
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
    case StopCause::resend: return "the kept connection ended without an answer; not sent again";
    case StopCause::too_large: return "the answer's body passed its cap after " + std::to_string(body_bytes_) + " bytes";
    case StopCause::header_flood: return "the answer's headers passed their cap";
    case StopCause::sink: return "the answer could not be taken in";
    case StopCause::none: break;
  }
  return curl_says_[0] != '\0' ? curl_says_.data() : curl_easy_strerror(code);
}

std::string Transfer::phase() const {
  if (multi == nullptr) return "waiting for a free connection";
  if (!written_at_) return "connecting";
  return first_byte_at_ ? "reading the answer" : "waiting for the answer";
}

void Transfer::clear() {
  request_ = http::Request();
  lines_.wipe();
  headers_.clear();
  body_ = std::string();
  why_.clear();
  status_ = 0;
  headers_ended_ = false;
  header_bytes_ = body_bytes_ = 0;
  written_at_.reset();
  first_byte_at_.reset();
  stop_cause_ = StopCause::none;
  error_ = nullptr;
  curl_says_[0] = '\0';
  exchange = nullptr;
  multi = nullptr;
  origin = nullptr;
  counted = opening = false;
  new_sockets.clear();
  socket = -1;
  number = 0;
}

void Transfer::drop_easy() {
  if (easy != nullptr) curl_easy_cleanup(easy);
  easy = nullptr;
}

}  // namespace assay::curl
