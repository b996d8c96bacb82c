#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "telemetry/health.hpp"
#include "telemetry/metrics.hpp"

namespace assay::telemetry {

/// Answers an orchestrator's probes and Prometheus over HTTP/1.1, on its own few threads, so that it answers while the
/// event loop is stuck. GET and HEAD only:
///
///     /livez     200 while the event loop moves; never asks the database
///     /readyz    200 when it can take work, else 503 and the reasons
///     /startupz  200 once the start is complete
///     /metrics   the exposition format
///
/// Silent in logs. Health and Metrics must outlive it. Its threads see no signals.
class HealthServer {
 public:
  struct Address {
    std::string host = "127.0.0.1";  ///< a numeric address or a name; loopback unless the operator says otherwise
    std::uint16_t port = 0;          ///< 0: the system chooses
  };

  /// Listens from here on. Throws std::runtime_error, naming the address, when it cannot.
  HealthServer(const Address& address, const Health& health, const Metrics& metrics, std::function<Instant()> now);
  /// Stops listening, cuts what is being answered, joins its threads.
  ~HealthServer();

  /// Where it listens, with the real port.
  std::string url() const;
  std::uint16_t port() const;

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

/// What a probe was told.
struct ProbeAnswer {
  int status = 0;
  std::string body;  ///< at most 64 KiB
};

/// Asks one health URL (http only) and waits for the answer; for the program's own health check, so that an image needs
/// no curl. The error says in words why there was no answer. Blocks: not for the event loop.
Result<ProbeAnswer, std::string> probe(const std::string& url, std::chrono::milliseconds timeout);

}  // namespace assay::telemetry
