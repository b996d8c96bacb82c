#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "telemetry/metrics_catalogue.hpp"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace assay::telemetry {

/// Handles to one time series: a pointer, cheap to copy, to be looked up once and kept. Any thread. Valid as long as
/// their Metrics. One made by default counts nothing.
class Counter {
 public:
  Counter() = default;
  void add(double amount = 1);  ///< one atomic addition; negative amounts are ignored
  double value() const;

 private:
  friend class Metrics;
  explicit Counter(prometheus::Counter* series) : series_(series) {}
  prometheus::Counter* series_ = nullptr;
};

class Gauge {
 public:
  Gauge() = default;
  void set(double value);
  void add(double amount);
  double value() const;

 private:
  friend class Metrics;
  explicit Gauge(prometheus::Gauge* series) : series_(series) {}
  prometheus::Gauge* series_ = nullptr;
};

class Histogram {
 public:
  Histogram() = default;
  void observe(double value);  ///< takes an uncontended lock
  std::uint64_t count() const;

 private:
  friend class Metrics;
  explicit Histogram(prometheus::Histogram* series) : series_(series) {}
  prometheus::Histogram* series_ = nullptr;
};

/// The numbers of this process, for Prometheus. Holds the metrics of the catalogue and no others; those without labels
/// exist from the start, at zero.
///
/// Any thread. A metric has at most `most_series` label sets: what comes after is folded into one whose labels all say
/// "other", and counted, so that a strange label cannot fill the memory here or in Prometheus.
class Metrics {
 public:
  static constexpr std::size_t most_series = 200;
  using Labels = std::initializer_list<std::string_view>;

  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// The series of a catalogue entry with these label values, in the order the entry names them. Another number of
  /// values is a Bug. Takes a lock: look up once, outside the hot path.
  Counter counter(const CounterSpec& spec, Labels values = {});
  Gauge gauge(const GaugeSpec& spec, Labels values = {});
  Histogram histogram(const HistogramSpec& spec, Labels values = {});

  /// The exposition format, version 0.0.4.
  std::string text() const;

 private:
  class Registry;
  std::unique_ptr<Registry> registry_;
};

}  // namespace assay::telemetry
