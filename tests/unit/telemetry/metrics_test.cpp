#include "telemetry/metrics.hpp"

#include <boost/test/unit_test.hpp>
#include <regex>
#include <set>
#include <thread>
#include <vector>

#include "base/require.hpp"

using namespace assay;
using namespace assay::telemetry;

namespace {

const MetricSpec& common(const AnyMetricSpec& spec) {
  return std::visit([](const auto* known) -> const MetricSpec& { return *known; }, spec);
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(metric_names)

BOOST_AUTO_TEST_CASE(follow_the_conventions_of_prometheus) {
  std::set<std::string_view> seen;
  for (const AnyMetricSpec& any : metric_catalogue()) {
    const MetricSpec& spec = common(any);
    const bool counter = std::holds_alternative<const CounterSpec*>(any);
    BOOST_TEST_CONTEXT(spec.name) {
      BOOST_TEST(std::regex_match(std::string(spec.name), std::regex("assay_[a-z][a-z0-9_]*")));
      BOOST_TEST(spec.name.ends_with("_total") == counter);
      BOOST_TEST(!std::regex_search(std::string(spec.name),
                                    std::regex("milli|micro|minute|hour|_ms|kilobyte|megabyte|_metric")));
      BOOST_TEST(spec.help.ends_with("."));
      BOOST_TEST(seen.insert(spec.name).second);
    }
  }
}

BOOST_AUTO_TEST_CASE(have_no_label_that_could_grow_without_end) {
  const std::set<std::string_view> bounded = {"",     "verdict", "provider", "outcome",  "class", "reason",
                                              "step", "name",    "version",  "compiler", "schema"};
  for (const AnyMetricSpec& any : metric_catalogue()) {
    for (const std::string_view label : common(any).labels)
      BOOST_TEST(bounded.contains(label), common(any).name << ": " << label);
  }
}

BOOST_AUTO_TEST_CASE(give_histograms_ascending_buckets) {
  for (const AnyMetricSpec& any : metric_catalogue()) {
    const auto* const* histogram = std::get_if<const HistogramSpec*>(&any);
    if (histogram == nullptr) continue;
    const auto buckets = (*histogram)->buckets;
    BOOST_TEST(!buckets.empty());
    BOOST_TEST(std::is_sorted(buckets.begin(), buckets.end(), std::less_equal<>()));
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(metrics)

BOOST_AUTO_TEST_CASE(show_those_without_labels_from_the_start) {
  const Metrics metrics;

  const std::string text = metrics.text();

  BOOST_TEST(has_line(text, "assay_late_writes_refused_total 0"));
  BOOST_TEST(has_line(text, "# TYPE assay_late_writes_refused_total counter"));
  BOOST_TEST(has_line(text, "assay_calls_in_flight 0"));
  BOOST_TEST(has_line(text, "assay_overhead_seconds_count 0"));
}

BOOST_AUTO_TEST_CASE(count_set_and_observe) {
  Metrics metrics;
  const Histogram batch_before = metrics.histogram(metric::settle_batch);

  metrics.counter(metric::claims).add();
  metrics.counter(metric::claims).add(2);
  metrics.counter(metric::claims).add(-5);
  metrics.gauge(metric::slots).set(64);
  metrics.gauge(metric::slots).add(-1);
  metrics.histogram(metric::settle_batch).observe(7);

  BOOST_TEST(metrics.counter(metric::claims).value() == 3);
  BOOST_TEST(metrics.gauge(metric::slots).value() == 63);
  BOOST_TEST(batch_before.count() == 1U);
  BOOST_TEST(has_line(metrics.text(), "assay_settle_batch_cells_bucket{le=\"10\"} 1"));
  BOOST_TEST(has_line(metrics.text(), "assay_settle_batch_cells_bucket{le=\"5\"} 0"));
}

BOOST_AUTO_TEST_CASE(keep_a_series_for_each_label_set) {
  Metrics metrics;

  metrics.counter(metric::calls, {"openai", "ok"}).add();
  metrics.counter(metric::calls, {"openai", "rate_limited"}).add(2);
  metrics.gauge(metric::limit, {"worker_lease_seconds"}).set(60);

  const std::string text = metrics.text();
  BOOST_TEST(has_line(text, R"(assay_calls_total{outcome="ok",provider="openai"} 1)"));
  BOOST_TEST(has_line(text, R"(assay_calls_total{outcome="rate_limited",provider="openai"} 2)"));
  BOOST_TEST(has_line(text, R"(assay_limit{name="worker_lease_seconds"} 60)"));
}

BOOST_AUTO_TEST_CASE(call_a_wrong_number_of_labels_a_bug) {
  Metrics metrics;

  BOOST_CHECK_THROW(metrics.counter(metric::calls, {"openai"}), Bug);
  BOOST_CHECK_THROW(metrics.counter(metric::claims, {"openai"}), Bug);
}

BOOST_AUTO_TEST_CASE(fold_label_sets_beyond_the_bound_into_one) {
  Metrics metrics;
  for (std::size_t i = 0; i < Metrics::most_series; ++i) metrics.counter(metric::cost_nanos, {std::to_string(i)}).add();

  metrics.counter(metric::cost_nanos, {"stranger one"}).add();
  metrics.counter(metric::cost_nanos, {"stranger two"}).add();
  metrics.counter(metric::cost_nanos, {"7"}).add();

  const std::string text = metrics.text();
  BOOST_TEST(has_line(text, R"(assay_cost_nanodollars_total{provider="other"} 2)"));
  BOOST_TEST(has_line(text, R"(assay_cost_nanodollars_total{provider="7"} 2)"));
  BOOST_TEST(has_line(text, "assay_label_sets_folded_total 2"));
  BOOST_TEST(text.find("stranger") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(escape_label_values) {
  Metrics metrics;

  metrics.counter(metric::cost_nanos, {"a\"b\\c\nd\xFF"}).add();

  BOOST_TEST(has_line(metrics.text(), "assay_cost_nanodollars_total{provider=\"a\\\"b\\\\c\\nd\xEF\xBF\xBD\"} 1"));
}

BOOST_AUTO_TEST_CASE(add_up_over_threads) {
  Metrics metrics;
  Counter counter = metrics.counter(metric::settles);

  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([counter]() mutable {
      for (int turn = 0; turn < 10'000; ++turn) counter.add();
    });
  }
  for (std::thread& thread : threads) thread.join();

  BOOST_TEST(counter.value() == 40'000);
}

BOOST_AUTO_TEST_CASE(handles_made_by_default_count_nothing) {
  Counter counter;
  Gauge gauge;
  Histogram histogram;

  counter.add();
  gauge.set(1);
  histogram.observe(1);

  BOOST_TEST(counter.value() + gauge.value() == 0);
  BOOST_TEST(histogram.count() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
