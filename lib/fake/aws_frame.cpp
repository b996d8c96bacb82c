#include <cstdint>

#include "fake/aws_frame.hpp"
#include "fake/crc32.hpp"

namespace assay::fake {
namespace {

constexpr std::size_t prelude_bytes = 12, checksum_bytes = 4;
constexpr char text_type = 7;

void add_number(std::string& out, std::uint32_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

void add_header(std::string& out, std::string_view name, std::string_view value) {
  out += static_cast<char>(name.size());
  out.append(name) += text_type;
  add_number(out, static_cast<std::uint32_t>(value.size()), 2);
  out.append(value);
}

std::string frame_of(std::string_view headers, std::string_view payload) {
  const std::size_t total = prelude_bytes + headers.size() + payload.size() + checksum_bytes;
  std::string out = aws_prelude(static_cast<std::uint32_t>(total), static_cast<std::uint32_t>(headers.size()));
  out.append(headers).append(payload);
  Crc32 crc;
  crc.add(out);
  add_number(out, crc.sum(), 4);
  return out;
}

std::size_t number_at(std::string_view bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

}  // namespace

std::string aws_prelude(std::uint32_t bytes, std::uint32_t headers) {
  std::string out;
  add_number(out, bytes, 4);
  add_number(out, headers, 4);
  Crc32 crc;
  crc.add(out);
  add_number(out, crc.sum(), 4);
  return out;
}

std::string aws_frame(std::string_view name, std::string_view payload, bool exception) {
  std::string headers;
  add_header(headers, exception ? ":exception-type" : ":event-type", name);
  add_header(headers, ":content-type", "application/json");
  add_header(headers, ":message-type", exception ? "exception" : "event");
  return frame_of(headers, payload);
}

std::string aws_frame_with(std::string frame, std::string_view part, std::string_view by) {
  const std::size_t headers = number_at(frame, 4);
  std::string payload = frame.substr(prelude_bytes + headers, frame.size() - prelude_bytes - headers - checksum_bytes);
  const std::size_t at = payload.find(part);
  if (at == std::string::npos) return frame;
  payload.replace(at, part.size(), by);
  return frame_of(std::string_view(frame).substr(prelude_bytes, headers), payload);
}

}  // namespace assay::fake
