#include "telemetry/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <sstream>
#include <type_traits>
#include <vector>

#include "base/require.hpp"
#include "telemetry/escape.hpp"

namespace assay::telemetry {
namespace {

using LabelValues = std::vector<std::string>;

std::size_t label_count(const MetricSpec& spec) {
  return static_cast<std::size_t>(
      std::count_if(spec.labels.begin(), spec.labels.end(), [](std::string_view label) { return !label.empty(); }));
}

prometheus::Labels named(const MetricSpec& spec, const LabelValues& values) {
  prometheus::Labels labels;
  for (std::size_t i = 0; i < values.size(); ++i) labels.emplace(spec.labels[i], values[i]);
  return labels;
}

LabelValues repaired(std::initializer_list<std::string_view> values) {
  LabelValues clean;
  for (const std::string_view value : values) clean.push_back(repaired_utf8(value.substr(0, 128)));
  return clean;
}

/// One metric and its series by label values.
template <class Series>
class SeriesOf {
 public:
  SeriesOf(const MetricSpec& spec, prometheus::Family<Series>& family) : spec_(spec), family_(&family) {}

  bool full_for(const LabelValues& values) const {
    return series_.size() >= Metrics::most_series && !series_.contains(values);
  }

  template <class... Arguments>
  Series* find_or_add(const LabelValues& values, const Arguments&... arguments) {
    const auto known = series_.find(values);
    if (known != series_.end()) return known->second;
    Series& fresh = family_->Add(named(spec_, values), arguments...);
    series_.emplace(values, &fresh);
    return &fresh;
  }

  LabelValues other() const { return LabelValues(label_count(spec_), "other"); }

 private:
  MetricSpec spec_;
  prometheus::Family<Series>* family_;
  std::map<LabelValues, Series*> series_;
};

template <class Series>
using SeriesByName = std::map<std::string_view, SeriesOf<Series>>;

}  // namespace

class Metrics::Registry {
 public:
  Registry() {
    for (const AnyMetricSpec& spec : metric_catalogue()) {
      std::visit([this](const auto* known) { declare(*known); }, spec);
    }
  }

  prometheus::Counter* counter(const CounterSpec& spec, Labels values) { return look_up(counters_, spec, values); }
  prometheus::Gauge* gauge(const GaugeSpec& spec, Labels values) { return look_up(gauges_, spec, values); }
  prometheus::Histogram* histogram(const HistogramSpec& spec, Labels values) {
    return look_up(histograms_, spec, values, buckets_of(spec));
  }

  std::string text() const {
    std::ostringstream out;
    const prometheus::TextSerializer serializer;
    serializer.Serialize(out, registry_.Collect());
    return out.str();
  }

 private:
  void declare(const CounterSpec& spec) {
    auto& family =
        prometheus::BuildCounter().Name(std::string(spec.name)).Help(std::string(spec.help)).Register(registry_);
    counters_.try_emplace(spec.name, spec, family);
    if (label_count(spec) == 0) counter(spec, {});
  }
  void declare(const GaugeSpec& spec) {
    auto& family =
        prometheus::BuildGauge().Name(std::string(spec.name)).Help(std::string(spec.help)).Register(registry_);
    gauges_.try_emplace(spec.name, spec, family);
    if (label_count(spec) == 0) gauge(spec, {});
  }
  void declare(const HistogramSpec& spec) {
    auto& family =
        prometheus::BuildHistogram().Name(std::string(spec.name)).Help(std::string(spec.help)).Register(registry_);
    histograms_.try_emplace(spec.name, spec, family);
    if (label_count(spec) == 0) histogram(spec, {});
  }

  template <class Series, class... Arguments>
  Series* look_up(SeriesByName<Series>& metrics, const MetricSpec& spec, Labels values, const Arguments&... arguments) {
    require(values.size() == label_count(spec), "a metric is given one value for each of its labels");
    const auto metric = metrics.find(spec.name);
    require(metric != metrics.end(), "a metric stands in the catalogue");
    LabelValues clean = repaired(values);
    const std::lock_guard lock(mutex_);
    if (metric->second.full_for(clean)) {
      clean = metric->second.other();
      counters_.at(metric::label_overflow.name).find_or_add({})->Increment();
    }
    return metric->second.find_or_add(clean, arguments...);
  }

  static prometheus::Histogram::BucketBoundaries buckets_of(const HistogramSpec& spec) {
    return {spec.buckets.begin(), spec.buckets.end()};
  }

  prometheus::Registry registry_;
  std::mutex mutex_;
  SeriesByName<prometheus::Counter> counters_;
  SeriesByName<prometheus::Gauge> gauges_;
  SeriesByName<prometheus::Histogram> histograms_;
};

void Counter::add(double amount) {
  if (series_ != nullptr) series_->Increment(amount);
}
double Counter::value() const {
  return series_ == nullptr ? 0 : series_->Value();
}

void Gauge::set(double value) {
  if (series_ != nullptr) series_->Set(value);
}
void Gauge::add(double amount) {
  if (series_ != nullptr) series_->Increment(amount);
}
double Gauge::value() const {
  return series_ == nullptr ? 0 : series_->Value();
}

void Histogram::observe(double value) {
  if (series_ != nullptr) series_->Observe(value);
}
std::uint64_t Histogram::count() const {
  return series_ == nullptr ? 0 : series_->Collect().histogram.sample_count;
}

Metrics::Metrics() : registry_(std::make_unique<Registry>()) {}
Metrics::~Metrics() = default;

Counter Metrics::counter(const CounterSpec& spec, Labels values) {
  return Counter(registry_->counter(spec, values));
}
Gauge Metrics::gauge(const GaugeSpec& spec, Labels values) {
  return Gauge(registry_->gauge(spec, values));
}
Histogram Metrics::histogram(const HistogramSpec& spec, Labels values) {
  return Histogram(registry_->histogram(spec, values));
}

std::string Metrics::text() const {
  return registry_->text();
}

}  // namespace assay::telemetry
