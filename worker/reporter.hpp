#pragma once
#include <array>
#include <map>
#include <string>
#include <string_view>

#include "engine/observer.hpp"
#include "telemetry/log.hpp"
#include "telemetry/metrics.hpp"

namespace assay {

/// Turns what the engine does into metrics and log lines. Loop thread only.
class Reporter final : public engine::Observer {
 public:
  Reporter(telemetry::Metrics& metrics, telemetry::Log log);

  void claimed(const Lease& lease) override;
  void call_begins(const LeaseRef& lease, const CallId& call, std::string_view model) override;
  bool watches_the_wire() const override;
  void request_leaves(const CallId& call, const http::Request& request) override;
  void response_came(const CallId& call, const http::Response& response, const providers::Deployment& from) override;
  void call_ended(const CallId& call, std::string_view provider, const Failure* failure, Duration took) override;
  void cell_stored(const LeaseRef& lease, const CellResult& result) override;
  void late_write_refused(const LeaseRef& lease, CellNumber cell) override;
  void lease_lost(const LeaseRef& lease, std::string_view why) override;
  void released(const LeaseRef& lease, const queue::Release& how) override;
  void share_ended(const LeaseRef& lease) override;
  void outage(std::string_view operation, const queue::Outage& outage) override;
  void swept(const queue::JobQueue::Swept& swept) override;
  void broken(std::string_view where, std::string_view what) override;

 private:
  struct ProviderSeries {
    std::map<std::string, telemetry::Counter, std::less<>> outcomes;
    telemetry::Histogram seconds;
    telemetry::Counter input, output, cached, cost;
  };
  ProviderSeries& of(std::string_view provider);

  telemetry::Metrics& metrics_;
  telemetry::Log log_;
  telemetry::Counter claimed_shares_, claimed_cells_, settles_, late_, lost_, orphans_, rescues_, promotions_, quarantines_;
  telemetry::Gauge in_flight_;
  telemetry::Histogram overhead_;
  std::array<telemetry::Counter, 4> verdicts_;
  std::map<std::string, ProviderSeries, std::less<>> providers_;
};

}  // namespace assay
