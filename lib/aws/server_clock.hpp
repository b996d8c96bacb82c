#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::aws {

/// What time the service thinks it is: this machine's, plus what its answers taught us. A signature is refused when the
/// two clocks are more than five minutes apart, so one refusal is enough to learn the difference.
///
/// Shared by everybody who signs for one service. Any thread.
class ServerClock {
 public:
  /// The time to sign with. Remembers `local`, for learn().
  std::chrono::sys_seconds at(std::chrono::sys_seconds local);

  /// A request was refused for its time. `server` is the answer's Date; `signed_at` the time that the refusal quotes,
  /// if it does. True when the same request, signed again, has a chance: it bore another time than it would bear now.
  bool learn(std::chrono::sys_seconds server, std::optional<std::chrono::sys_seconds> signed_at);

  std::chrono::seconds offset() const { return std::chrono::seconds(offset_.load()); }

 private:
  std::atomic<std::int64_t> offset_{0}, last_local_{0};
};

/// Whether a refusal is about the time and nothing else, by the service's code or words.
bool refused_for_its_time(std::string_view code, std::string_view message);

/// The first time in a text such as "Signature expired: 20261121T100000Z is now earlier than …".
std::optional<std::chrono::sys_seconds> quoted_time(std::string_view text);

}  // namespace assay::aws
