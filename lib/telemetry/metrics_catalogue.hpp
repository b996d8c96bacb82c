#pragma once
#include <array>
#include <span>
#include <string_view>
#include <variant>

/// Every metric that Assay exports, in one place. Names are `assay_…`, counters end in `_total`, units are base units
/// (seconds, bytes) except money, which is nano-dollars because it must be exact up to 2^53. Labels are bounded: names
/// from the configuration or from a closed list, never ids of jobs, users or packages.
namespace assay::telemetry {

/// What the three kinds have in common. `labels` names at most three; unused ones are empty.
struct MetricSpec {
  std::string_view name, help;
  std::array<std::string_view, 3> labels{};
};
struct CounterSpec : MetricSpec {};
struct GaugeSpec : MetricSpec {};
struct HistogramSpec : MetricSpec {
  std::span<const double> buckets;  ///< upper bounds, ascending; +Inf is implied
};

namespace metric {

inline constexpr double call_seconds_buckets[] = {0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300};
inline constexpr double overhead_seconds_buckets[] = {0.00025, 0.0005, 0.001, 0.002, 0.004, 0.008,
                                                      0.016,   0.05,   0.1,   0.5,   2};
inline constexpr double batch_buckets[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};

// Work
inline constexpr CounterSpec claims{{"assay_claims_total", "Claims that brought at least one share."}};
inline constexpr CounterSpec claimed_shares{{"assay_claimed_shares_total", "Shares claimed."}};
inline constexpr CounterSpec claimed_cells{{"assay_claimed_cells_total", "Open cells in the shares claimed."}};
inline constexpr CounterSpec cells{{"assay_cells_total", "Cells finished, by verdict.", {"verdict"}}};
inline constexpr CounterSpec settles{{"assay_settles_total", "Settle transactions stored."}};
inline constexpr HistogramSpec settle_batch{{"assay_settle_batch_cells", "Cells in one settle transaction."},
                                            batch_buckets};
inline constexpr GaugeSpec slots{{"assay_slots", "Calls that this process may have in flight."}};
inline constexpr GaugeSpec in_flight{{"assay_calls_in_flight", "Calls in flight now."}};
inline constexpr GaugeSpec shares_held{{"assay_shares_held", "Shares whose lease this process holds."}};

// Calls
inline constexpr CounterSpec calls{{"assay_calls_total",
                                    "Calls ended, by provider and outcome (ok, or the failure's kind).",
                                    {"provider", "outcome"}}};
inline constexpr HistogramSpec call_seconds{
    {"assay_call_duration_seconds", "From the request's first byte to the answer's last, by provider.", {"provider"}},
    call_seconds_buckets};
inline constexpr HistogramSpec overhead_seconds{
    {"assay_overhead_seconds",
     "Own overhead of a test: claim reply to the request's first byte, plus the "
     "answer's last byte to the settle's hand-over."},
    overhead_seconds_buckets};
inline constexpr CounterSpec tokens{
    {"assay_tokens_total", "Tokens used, by provider and class.", {"provider", "class"}}};
inline constexpr CounterSpec cost_nanos{
    {"assay_cost_nanodollars_total", "Cost of ended calls, by provider.", {"provider"}}};
inline constexpr CounterSpec bound_alarms{{"assay_bills_above_bound_total", "Calls that cost more than their bound."}};

// Safety
inline constexpr CounterSpec late_writes_refused{
    {"assay_late_writes_refused_total", "Writes refused because the share's lease had passed to another."}};
inline constexpr CounterSpec leases_lost{
    {"assay_leases_lost_total", "Leases found lost while their share was worked on."}};
inline constexpr CounterSpec rescues{
    {"assay_rescues_total", "Shares with an expired lease put back by this process's sweep."}};
inline constexpr CounterSpec promotions{
    {"assay_promotions_total", "Scheduled and throttled shares made ready by this process's sweep."}};
inline constexpr CounterSpec quarantines{{"assay_quarantines_total", "Shares quarantined by this process's sweep."}};
inline constexpr CounterSpec orphans{
    {"assay_orphans_total", "Answers booked as orphans: the share had passed to another."}};
inline constexpr CounterSpec releases{{"assay_releases_total", "Shares put back unfinished, by reason.", {"reason"}}};

// Database
inline constexpr CounterSpec queue_outage_seconds{
    {"assay_queue_outage_seconds_total", "Time without a working database."}};
inline constexpr CounterSpec queue_outages{
    {"assay_queue_outages_total", "Statements that failed because the database was away, by step.", {"step"}}};

// The process
inline constexpr GaugeSpec limit{{"assay_limit", "Configured limits, in base units.", {"name"}}};
inline constexpr GaugeSpec build_info{
    {"assay_build_info", "Always 1; the labels say what is running.", {"version", "compiler", "schema"}}};
inline constexpr GaugeSpec start_time{
    {"assay_start_time_seconds", "When this process started, in seconds since 1970."}};
inline constexpr CounterSpec label_overflow{
    {"assay_label_sets_folded_total", "Label sets folded into \"other\" because their metric had too many."}};

}  // namespace metric

using AnyMetricSpec = std::variant<const CounterSpec*, const GaugeSpec*, const HistogramSpec*>;

/// All of the above. Metrics exports these and nothing else.
std::span<const AnyMetricSpec> metric_catalogue();

}  // namespace assay::telemetry
