#include "framing/aws_event_stream.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace assay::framing {
namespace {

constexpr std::size_t prelude_bytes = 12, checksum_bytes = 4;

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1u) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
    table[i] = value;
  }
  return table;
}
constexpr auto table = make_table();

/// Big endian, of as many bytes as there are.
std::uint32_t number(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::optional<std::string_view> take(std::string_view& bytes, std::size_t count) {
  if (bytes.size() < count) return std::nullopt;
  const std::string_view taken = bytes.substr(0, count);
  bytes.remove_prefix(count);
  return taken;
}

/// How long a value of this type is; of texts and byte strings after their two bytes of length, which are taken.
std::optional<std::size_t> value_length(std::uint32_t type, std::string_view& bytes) {
  constexpr std::array<std::size_t, 10> lengths{0, 0, 1, 2, 4, 8, 0, 0, 8, 16};
  if (type >= lengths.size()) return std::nullopt;
  if (type != 6 && type != 7) return lengths[type];
  const auto length = take(bytes, 2);
  if (!length) return std::nullopt;
  return number(*length);
}

struct Headers {
  std::string_view message_type, event_type, exception_type, error_code, error_message;
};

void keep(Headers& headers, std::string_view name, std::string_view text) {
  if (name == ":message-type") headers.message_type = text;
  if (name == ":event-type") headers.event_type = text;
  if (name == ":exception-type") headers.exception_type = text;
  if (name == ":error-code") headers.error_code = text;
  if (name == ":error-message") headers.error_message = text;
}

std::optional<Headers> read_headers(std::string_view bytes) {
  constexpr std::uint32_t string_type = 7;
  Headers headers;
  while (!bytes.empty()) {
    const auto name_length = take(bytes, 1);
    const auto name = take(bytes, number(*name_length));
    const auto type = name ? take(bytes, 1) : std::nullopt;
    const auto length = type ? value_length(number(*type), bytes) : std::nullopt;
    const auto value = length ? take(bytes, *length) : std::nullopt;
    if (!value) return std::nullopt;
    if (number(*type) == string_type) keep(headers, *name, *value);
  }
  return headers;
}

Event event_of(const Headers& headers, std::string_view payload) {
  if (headers.message_type == "event") return {headers.event_type, payload, false};
  if (headers.message_type != "error") return {headers.exception_type, payload, true};
  return {headers.error_code, payload.empty() ? headers.error_message : payload, true};
}

/// A whole frame whose prelude was found right.
Result<Event, std::string> read_frame(std::string_view frame) {
  const std::string_view body = frame.substr(0, frame.size() - checksum_bytes);
  if (crc32(body) != number(frame.substr(body.size()))) return failure(std::string("a frame's checksum is wrong"));
  const std::size_t headers_length = number(frame.substr(4, 4));
  const auto headers = read_headers(body.substr(prelude_bytes, headers_length));
  if (!headers) return failure(std::string("a frame's headers cannot be read"));
  return event_of(*headers, body.substr(prelude_bytes + headers_length));
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char c : bytes) crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xFFu] ^ (crc >> 8);
  return crc ^ 0xFFFFFFFFu;
}

/// How many bytes the frame at the front has: those of its prelude while that is not whole.
Result<std::size_t, std::string> AwsEventStream::wanted(std::string_view bytes) const {
  if (bytes.size() < prelude_bytes) return prelude_bytes;
  if (crc32(bytes.substr(0, 8)) != number(bytes.substr(8, 4)))
    return failure(std::string("the checksum of a frame's beginning is wrong"));
  const std::size_t total = number(bytes.substr(0, 4)), headers = number(bytes.substr(4, 4));
  if (total > limits_.event_bytes)
    return failure("a frame has more than " + std::to_string(limits_.event_bytes) + " bytes");
  if (total < prelude_bytes + checksum_bytes || headers > total - prelude_bytes - checksum_bytes)
    return failure(std::string("a frame's lengths contradict each other"));
  return total;
}

Result<void, std::string> AwsEventStream::feed(std::string_view bytes, const OnEvent& on_event) {
  if (!fault_.empty()) return failure(fault_);
  while (!bytes.empty()) {
    const auto size = wanted(held_.empty() ? bytes : std::string_view(held_));
    if (!size) return failure(fault_ = size.error());
    if (held_.size() + bytes.size() < *size) {
      held_.append(bytes);
      return {};
    }
    const bool split = !held_.empty();
    const std::size_t missing = *size - held_.size();
    if (split) held_.append(bytes.substr(0, missing));
    if (*size == prelude_bytes) {  // only now does it say how much is still to come
      bytes.remove_prefix(missing);
      if (const auto total = wanted(held_); !total) return failure(fault_ = total.error());
      continue;
    }
    const auto event = read_frame(split ? std::string_view(held_) : bytes.substr(0, *size));
    if (!event) return failure(fault_ = event.error());
    on_event(*event);
    held_.clear();
    bytes.remove_prefix(missing);
  }
  return {};
}

}  // namespace assay::framing
