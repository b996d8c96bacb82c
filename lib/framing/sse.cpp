#include "framing/sse.hpp"

namespace assay::framing {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string too_large(const Limits& limits) {
  return "an event of more than " + std::to_string(limits.event_bytes) + " bytes";
}

}  // namespace

/// Only whole marks are passed over; the beginning of one that turns out to be none belongs to the first line.
std::string_view Sse::without_mark(std::string_view bytes) {
  while (mark_ < 3 && !bytes.empty()) {
    if (bytes.front() != byte_order_mark[static_cast<std::size_t>(mark_)]) {
      line_.append(byte_order_mark.substr(0, static_cast<std::size_t>(mark_)));
      mark_ = 3;
      return bytes;
    }
    ++mark_;
    bytes.remove_prefix(1);
  }
  return bytes;
}

Result<void, std::string> Sse::feed(std::string_view bytes, const OnEvent& on_event) {
  bytes = without_mark(bytes);
  while (!bytes.empty()) {
    if (after_cr_ && bytes.front() == '\n') bytes.remove_prefix(1);
    after_cr_ = false;
    const std::size_t end = bytes.find_first_of("\r\n");
    const std::string_view piece = bytes.substr(0, end);
    if (line_.size() + data_.size() + piece.size() > limits_.event_bytes) return failure(too_large(limits_));
    if (end == std::string_view::npos) {
      line_.append(piece);
      break;
    }
    after_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    if (line_.empty()) {
      take_line(piece, on_event);
    } else {
      line_.append(piece);
      take_line(line_, on_event);
      line_.clear();
    }
  }
  return {};
}

void Sse::take_line(std::string_view line, const OnEvent& on_event) {
  if (line.empty()) return dispatch(on_event);
  const std::size_t colon = line.find(':');
  if (colon == 0) return;
  std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  field(line.substr(0, colon), value);
}

void Sse::field(std::string_view name, std::string_view value) {
  if (name == "data") {
    if (has_data_) data_ += '\n';
    data_ += value;
    has_data_ = true;
  } else if (name == "event") {
    name_ = value;
  }
}

void Sse::dispatch(const OnEvent& on_event) {
  if (has_data_ && !data_.empty()) on_event(Event{name_, data_});
  data_.clear();
  name_.clear();
  has_data_ = false;
}

}  // namespace assay::framing
