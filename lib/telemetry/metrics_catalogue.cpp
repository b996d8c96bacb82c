#include "telemetry/metrics_catalogue.hpp"

namespace assay::telemetry {

std::span<const AnyMetricSpec> metric_catalogue() {
  using namespace metric;
  static constexpr AnyMetricSpec all[] = {
      &claims,     &claimed_shares, &claimed_cells, &cells,         &settles,       &settle_batch,
      &slots,      &in_flight,      &shares_held,   &calls,         &call_seconds,  &overhead_seconds,
      &tokens,     &cost_nanos,     &bound_alarms,  &leases_lost,   &rescues,       &late_writes_refused,
      &promotions, &quarantines,    &orphans,       &releases,      &queue_outages, &queue_outage_seconds,
      &limit,      &build_info,     &start_time,    &label_overflow};
  return all;
}

}  // namespace assay::telemetry
