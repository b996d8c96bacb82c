#pragma once
#include <cstdint>

#include "framing/framing.hpp"

namespace assay::framing {

/// AWS's binary event stream (application/vnd.amazon.eventstream). A frame is, big endian:
///
///     u32 total length | u32 length of headers | u32 CRC-32 of these eight bytes | headers | payload | u32 CRC-32 of
///     all before it
///
/// and a header: u8 length of name, name, u8 type, value. Both checksums are compared, the first before the lengths are
/// believed. The event's name is `:event-type` or `:exception-type`; for `:message-type` "error", which has no payload,
/// `:error-code`, and its data is `:error-message`.
class AwsEventStream final : public Framing {
 public:
  explicit AwsEventStream(Limits limits) : limits_(limits) {}
  Result<void, std::string> feed(std::string_view bytes, const OnEvent& on_event) override;
  bool between_events() const override { return held_.empty(); }

 private:
  Result<std::size_t, std::string> wanted(std::string_view bytes) const;

  Limits limits_;
  std::string held_;   // the beginning of a frame whose end has not come
  std::string fault_;  // final
};

/// CRC-32 as zlib, PNG and Ethernet have it (polynomial 0xEDB88320, reflected).
std::uint32_t crc32(std::string_view bytes);

}  // namespace assay::framing
