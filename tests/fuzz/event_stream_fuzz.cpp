#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/require.hpp"
#include "framing/aws_event_stream.hpp"
#include "tests/support/aws_frames.hpp"

using namespace assay;

namespace {

constexpr std::size_t most = 4096;

std::string_view take(std::string_view& bytes, std::size_t count) {
  const std::string_view taken = bytes.substr(0, count);
  bytes.remove_prefix(taken.size());
  return taken;
}

/// Checksums that no fuzzer finds are made right: what it chooses are headers and payloads.
std::string framed(std::string_view bytes) {
  std::string stream;
  while (bytes.size() >= 2) {
    const auto headers = static_cast<unsigned char>(bytes[0]), payload = static_cast<unsigned char>(bytes[1]);
    bytes.remove_prefix(2);
    const std::string_view head = take(bytes, headers);
    stream += support::aws_frame(head, take(bytes, payload));
  }
  return stream + std::string(bytes);
}

std::vector<std::string> fed(std::string_view stream, std::size_t piece) {
  std::vector<std::string> events;
  framing::AwsEventStream framing({most});
  const auto keep = [&events](const framing::Event& event) {
    require(event.data.size() <= most, "no event passes the limit");
    events.push_back(std::string(event.name) + '\0' + std::string(event.data) + (event.exception ? "!" : ""));
  };
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    if (const auto taken = framing.feed(stream.substr(at, piece), keep); !taken) {
      events.push_back(taken.error());
      return events;
    }
  }
  return events;
}

}  // namespace

/// The first byte says how the rest is cut. Any bytes, and any headers and payloads in right frames, give events or a
/// fault, the same for any split.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string raw(data + 1, data + size);
  for (const std::string& stream : {raw, framed(raw)}) {
    const auto whole = fed(stream, stream.size() + 1);
    require(fed(stream, 1 + data[0] % 64) == whole, "a split changes nothing");
  }
  return 0;
}
