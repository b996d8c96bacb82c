#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace assay::curl {

/// What an operator may choose about the transport. There is no switch to turn certificate checks off.
struct Settings {
  Duration connect_timeout = std::chrono::seconds(5);  ///< name, route and TLS together
  Duration first_byte_timeout{};                       ///< from the hand-over to curl to the first byte; zero: none
  Duration stall_timeout{};                            ///< between two bytes of an answer; zero: none
  Duration longest = std::chrono::minutes(15);         ///< bounds an exchange whose deadline is later, or never
  Duration idle_limit = std::chrono::seconds(60);      ///< a connection idle for longer is not used again

  std::size_t transfers_per_handle = 128;     ///< one multi handle's share: its cost per request grows with it
  std::size_t connections_per_host = 10'000;  ///< sends beyond it wait their turn, each until its own deadline
  std::size_t spare_easy_handles = 1'024;     ///< kept for the next sends, about 6 KB each

  std::size_t streamed_bytes = std::size_t{1} << 30;  ///< of a body that goes to a sink: ends what never ends by itself

  std::string ca_file;               ///< PEM; trusted instead of the system's authorities. Empty: the system's
  std::string user_agent = "assay";  ///< when the request has none of its own
};

/// What the transport has done and is doing. Loop thread only.
struct Stats {
  std::uint64_t connections_opened = 0;
  std::uint64_t connections_open = 0;
  std::uint64_t exchanges = 0;            ///< begun since the start
  std::uint64_t in_flight = 0;            ///< handed to curl
  std::uint64_t waiting = 0;              ///< held back by connections_per_host
  std::uint64_t body_bytes_sent = 0;      ///< of exchanges that have ended
  std::uint64_t body_bytes_received = 0;  ///< the same, as they came over the wire
  std::uint64_t multi_handles = 0;
  std::uint64_t resends_refused = 0;  ///< times curl would have repeated a request that may have been served
};

}  // namespace assay::curl
