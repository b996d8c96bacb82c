#pragma once
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "framing/framing.hpp"

/// Streams fed in pieces.
namespace assay::unit {

/// "name|data" of each event.
using Events = std::vector<std::string>;

inline Events fed(framing::Kind kind, const std::vector<std::string_view>& pieces) {
  Events events;
  const auto framing = framing::make_framing(kind);
  const auto keep = [&events](const framing::Event& event) {
    events.push_back(std::string(event.name) + "|" + std::string(event.data));
  };
  for (const std::string_view piece : pieces) BOOST_REQUIRE(framing->feed(piece, keep));
  framing->finish(keep);
  return events;
}

/// The events of a stream, which are the same whole, in any two pieces, and byte by byte.
inline Events events_of(framing::Kind kind, std::string_view stream) {
  const Events whole = fed(kind, {stream});
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < stream.size(); ++i) {
    bytes.push_back(stream.substr(i, 1));
    const bool same = fed(kind, {stream.substr(0, i), stream.substr(i)}) == whole;
    BOOST_TEST(same, "split after " << i << " bytes");
  }
  const bool same = fed(kind, bytes) == whole;
  BOOST_TEST(same, "byte by byte");
  return whole;
}

}  // namespace assay::unit
