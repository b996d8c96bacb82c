#include "net/request_parser.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace assay::net {
namespace {

constexpr std::size_t chunk_line_cap = 256;
constexpr std::size_t reserve_at_most = 64 << 10;  // a length that is only announced costs nothing

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           marks.find(c) != std::string_view::npos;
  });
}

bool is_plain(std::string_view text, bool blanks) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return blanks ? (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) || c == '\t' : c > 0x20 && c < 0x7f;
  });
}

std::optional<std::size_t> number(std::string_view text, int base) {
  std::size_t value = 0;
  if (text.empty() || text.size() > 15) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Does the comma-separated list hold `word`?
bool lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    if (same_ignoring_case(without_blanks(item), word)) return true;
    list.remove_prefix(std::min(list.size(), item.size() + 1));
  }
  return false;
}

/// What the header lines say about the body, gathered over all of them.
struct Framing {
  std::optional<std::string_view> length, coding;
  bool conflict = false;
  int hosts = 0;
};

Framing framing_of(std::string_view fields) {
  Framing framing;
  while (!fields.empty()) {
    const std::size_t end = fields.find("\r\n");
    const std::string_view line = fields.substr(0, end);
    const std::string_view name = line.substr(0, line.find(':'));
    if (same_ignoring_case(name, "host")) {
      ++framing.hosts;
    } else if (same_ignoring_case(name, "content-length") || same_ignoring_case(name, "transfer-encoding")) {
      std::optional<std::string_view>& seen =
          name.size() == std::string_view("content-length").size() ? framing.length : framing.coding;
      const std::string_view value = without_blanks(line.substr(name.size() + 1));
      framing.conflict = framing.conflict || (seen && *seen != value);
      seen = value;
    }
    fields.remove_prefix(end + 2);
  }
  return framing;
}

}  // namespace

std::size_t RequestParser::feed(std::string_view input) {
  std::size_t taken = 0;
  while (taken < input.size() && !whole() && !refused()) {
    const std::string_view rest = input.substr(taken);
    switch (phase_) {
      case Phase::head:
        taken += feed_head(rest);
        break;
      case Phase::body:
      case Phase::chunk_data:
        taken += feed_body(rest);
        break;
      default:
        taken += feed_line(rest);
    }
  }
  return taken;
}

std::size_t RequestParser::feed_head(std::string_view input) {
  if (head_.empty() && (input.front() == '\r' || input.front() == '\n')) return 1;  // empty lines between requests
  const std::size_t before = head_.size();
  std::size_t taken = 0;
  if (before == 0) {  // most often the whole head is here: one exact copy
    const std::size_t end = input.find("\r\n\r\n");
    taken = std::min(end == std::string_view::npos ? input.size() : end + 4, caps_.head_bytes + 1);
    head_.assign(input.substr(0, taken));
  } else {
    taken = std::min(input.size(), caps_.head_bytes + 1 - before);
    head_.append(input.substr(0, taken));
    const std::size_t end = head_.find("\r\n\r\n", before > 3 ? before - 3 : 0);
    if (end != std::string::npos) {
      taken = end + 4 - before;
      head_.resize(end + 4);
    }
  }
  if (head_.size() > caps_.head_bytes) {
    if (head_.find("\r\n") == std::string::npos) {
      refuse(414, "the request line is too long");
    } else {
      refuse(431, "the headers are too large");
    }
  } else if (head_.size() >= 4 && head_.compare(head_.size() - 4, 4, "\r\n\r\n") == 0) {
    read_head();
  }
  return taken;
}

void RequestParser::read_head() {
  const std::size_t end = head_.find("\r\n");
  read_request_line(std::string_view(head_).substr(0, end));
  if (!refused()) read_fields(std::string_view(head_).substr(end + 2, head_.size() - end - 4));
  if (!refused()) read_framing();
  head_.clear();
  head_.shrink_to_fit();
}

void RequestParser::read_request_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return refuse(400, "not a request line");
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method) || target.empty() || !is_plain(target, false)) return refuse(400, "not a request line");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    if (version.substr(0, 5) != "HTTP/") return refuse(400, "not a request line");
    return refuse(505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
  }
  http_1_0_ = version == "HTTP/1.0";
  request_.method = method;
  request_.target = target;
}

void RequestParser::read_fields(std::string_view lines) {
  for (std::string_view rest = lines; !rest.empty();) {
    const std::size_t end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
        !is_plain(line.substr(colon + 1), true)) {
      return refuse(400, "a header line is malformed");
    }
    rest.remove_prefix(end + 2);
  }
  request_.fields = lines;
}

void RequestParser::read_framing() {
  const Framing framing = framing_of(request_.fields);
  if (framing.conflict || (framing.length && framing.coding)) return refuse(400, "the body's length is ambiguous");
  if (framing.hosts > 1 || (framing.hosts == 0 && !http_1_0_)) return refuse(400, "exactly one Host is needed");
  const std::string_view connection = request_.header("connection").value_or("");
  request_.keep_alive = http_1_0_ ? lists(connection, "keep-alive") : !lists(connection, "close");
  if (const auto expected = request_.header("expect"); expected && !http_1_0_) {
    if (!same_ignoring_case(*expected, "100-continue")) return refuse(417, "that cannot be expected");
    expects_ = true;
  }
  if (framing.coding) {
    if (http_1_0_ || !same_ignoring_case(*framing.coding, "chunked")) {
      return refuse(501, "the only transfer coding known is chunked");
    }
    phase_ = Phase::chunk_size;
    return;
  }
  const auto length = framing.length ? number(*framing.length, 10) : 0;
  if (!length) return refuse(400, "Content-Length is not a number");
  if (*length > caps_.body_bytes) return refuse(413, "the body is too large");
  left_ = *length;
  request_.body.reserve(std::min(left_, reserve_at_most));
  phase_ = left_ == 0 ? Phase::whole : Phase::body;
}

std::size_t RequestParser::feed_body(std::string_view input) {
  const std::size_t taken = std::min(input.size(), left_);
  request_.body.append(input.substr(0, taken));
  left_ -= taken;
  expects_ = false;
  if (left_ == 0) phase_ = phase_ == Phase::body ? Phase::whole : Phase::chunk_end;
  return taken;
}

std::size_t RequestParser::feed_line(std::string_view input) {
  const std::size_t cap = phase_ == Phase::trailers ? caps_.head_bytes : chunk_line_cap;
  const std::size_t end = input.find('\n');
  const std::size_t taken = std::min(end == std::string_view::npos ? input.size() : end + 1, cap + 2);
  expects_ = false;
  head_.append(input.substr(0, taken));
  if (head_.size() > cap) {
    refuse(phase_ == Phase::trailers ? 431 : 400, "a line of the chunked body is too long");
  } else if (head_.back() == '\n') {
    if (head_.size() < 2 || head_[head_.size() - 2] != '\r') {
      refuse(400, "a line of the chunked body is malformed");
    } else {
      on_line(std::string_view(head_).substr(0, head_.size() - 2));
    }
    head_.clear();
  }
  return taken;
}

void RequestParser::on_line(std::string_view line) {
  switch (phase_) {
    case Phase::chunk_size:
      return read_chunk_size(line);
    case Phase::chunk_end:
      if (!line.empty()) return refuse(400, "a chunk is longer than it says");
      phase_ = Phase::chunk_size;
      return;
    default:  // trailers: read over
      trailer_bytes_ += line.size() + 2;
      if (line.empty()) {
        phase_ = Phase::whole;
      } else if (trailer_bytes_ > caps_.head_bytes) {
        refuse(431, "the trailers are too large");
      }
  }
}

void RequestParser::read_chunk_size(std::string_view line) {
  const auto size = number(without_blanks(line.substr(0, line.find(';'))), 16);
  if (!size) return refuse(400, "a chunk's size is not a number");
  if (*size > caps_.body_bytes - request_.body.size()) return refuse(413, "the body is too large");
  left_ = *size;
  phase_ = left_ == 0 ? Phase::trailers : Phase::chunk_data;
}

bool RequestParser::take_expectation() {
  const bool waits = expects_ && (phase_ == Phase::body || phase_ == Phase::chunk_size);
  if (waits) expects_ = false;
  return waits;
}

ServerRequest RequestParser::take() {
  ServerRequest request = std::move(request_);
  request_ = ServerRequest();
  phase_ = Phase::head;
  left_ = trailer_bytes_ = 0;
  expects_ = http_1_0_ = false;
  return request;
}

void RequestParser::refuse(int status, std::string reason) {
  phase_ = Phase::refused;
  status_ = status;
  reason_ = std::move(reason);
}

}  // namespace assay::net
