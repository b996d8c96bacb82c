#include "curl/transfer.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "curl/sockets.hpp"

namespace assay::curl {
namespace {

constexpr std::size_t max_header_bytes = 64u << 10;
constexpr std::size_t free_expansion = 1u << 20;  // below this any compression ratio is welcome
constexpr std::size_t max_ratio = 100;

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

}  // namespace

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

/// Curl may still have bytes of an exchange that its caller abandoned in a sink: what the sinks hold on to is gone.
std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  Transfer& transfer = *static_cast<Transfer*>(self);
  if (transfer.exchange == nullptr) return transfer.refuse(StopCause::abandoned);
  try {
    return transfer.take_header({data, size * count});
  } catch (...) {
    transfer.error_ = std::current_exception();
    return transfer.refuse(StopCause::sink);
  }
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  Transfer& transfer = *static_cast<Transfer*>(self);
  if (transfer.exchange == nullptr) return transfer.refuse(StopCause::abandoned);
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
    if (request_.head_sink && status_ >= 200 && !std::exchange(head_told_, true)) request_.head_sink(status_, headers_);
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
  if (body_bytes_ > (request_.body_sink ? settings_.streamed_bytes : request_.max_response_bytes))
    return refuse(StopCause::too_large);
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

void Transfer::clear() {
  request_ = http::Request();
  lines_.wipe();
  headers_.clear();
  body_ = std::string();
  why_.clear();
  status_ = 0;
  headers_ended_ = head_told_ = false;
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
