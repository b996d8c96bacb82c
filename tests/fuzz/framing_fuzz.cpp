#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/require.hpp"
#include "framing/framing.hpp"

using namespace assay;

namespace {

/// What a stream gives, fed in pieces of `piece` bytes: its events, and its fault as the last.
std::vector<std::string> fed(framing::Kind kind, std::string_view stream, std::size_t piece) {
  std::vector<std::string> events;
  const auto framing = framing::make_framing(kind, {4096});
  const auto keep = [&events](const framing::Event& event) {
    require(event.data.size() <= 4096, "no event passes the limit");
    events.push_back(std::string(event.name) + '\0' + std::string(event.data) + (event.exception ? "!" : ""));
  };
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    if (const auto taken = framing->feed(stream.substr(at, piece), keep); !taken) {
      events.push_back(taken.error());
      return events;
    }
  }
  framing->finish(keep);
  return events;
}

}  // namespace

/// The first byte says how the rest is cut. Any bytes give events or a fault, the same for any split.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string stream(data + 1, data + size);
  for (const auto kind : {framing::Kind::sse, framing::Kind::ndjson, framing::Kind::aws_event_stream}) {
    const auto whole = fed(kind, stream, stream.size() + 1);
    require(fed(kind, stream, 1 + data[0] % 64) == whole, "a split changes nothing");
  }
  return 0;
}
