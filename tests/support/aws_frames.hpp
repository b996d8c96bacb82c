#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Frames of AWS's event stream, written without a line of what reads them.
namespace assay::support {

inline std::string big_endian(std::uint32_t value, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xFFu);
  return text;
}

/// Bit by bit, as the polynomial is defined.
inline std::uint32_t checksum(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
  }
  return ~crc;
}

inline std::string string_header(std::string_view name, std::string_view value) {
  return big_endian(static_cast<std::uint32_t>(name.size()), 1) + std::string(name) + '\x07' +
         big_endian(static_cast<std::uint32_t>(value.size()), 2) + std::string(value);
}

/// A frame with right lengths and checksums, whatever its headers' bytes are.
inline std::string aws_frame(std::string_view headers, std::string_view payload) {
  std::string frame = big_endian(static_cast<std::uint32_t>(16 + headers.size() + payload.size()), 4) +
                      big_endian(static_cast<std::uint32_t>(headers.size()), 4);
  frame += big_endian(checksum(frame), 4);
  frame += headers;
  frame += payload;
  return frame + big_endian(checksum(frame), 4);
}

inline std::string aws_event(std::string_view name, std::string_view payload) {
  return aws_frame(string_header(":event-type", name) + string_header(":content-type", "application/json") +
                       string_header(":message-type", "event"),
                   payload);
}

inline std::string aws_exception(std::string_view name, std::string_view payload) {
  return aws_frame(string_header(":exception-type", name) + string_header(":message-type", "exception"), payload);
}

}  // namespace assay::support
