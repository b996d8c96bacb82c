#include "tools/span_checks.hpp"

#include <algorithm>
#include <cmath>

#include "json/number.hpp"
#include "tools/glob.hpp"
#include "tools/values.hpp"

namespace assay::tools {
namespace {

using json::View;
using Spans = std::vector<const Span*>;

Finding verdict(bool holds, std::string found) {
  Finding finding;
  finding.holds = holds;
  finding.fixed = true;
  finding.found = std::move(found);
  return finding;
}

Result<Spans, std::string> matching(const Trace& trace, std::string_view pattern) {
  const auto glob = Glob::compile(pattern);
  if (!glob) return failure(glob.error());
  Spans spans;
  for (const Span& span : trace.spans) {
    if (glob->matches(span.name)) spans.push_back(&span);
  }
  return spans;
}

std::string named(const Spans& spans) {
  std::vector<std::string_view> names;
  for (const Span* span : spans) {
    if (names.size() < 21) names.push_back(span->name);
  }
  return spans.empty() ? "" : ": " + listed(names, 3);
}

/// Compared as JavaScript does: null is 0, what is no number neither above nor below.
bool above(double count, View bound) {
  return bound.exists() && count > to_number(bound);
}
bool below(double count, View bound) {
  return bound.exists() && count < to_number(bound);
}

double duration(const Span& span) {
  return *span.end - *span.start;
}

/// The ⌈p/100·n⌉-th shortest duration; the shortest for p = 0.
double nearest_rank(const Spans& spans, double percentile) {
  std::vector<double> durations;
  for (const Span* span : spans) durations.push_back(std::isnan(duration(*span)) ? 0 : duration(*span));
  std::sort(durations.begin(), durations.end());
  const double rank = std::ceil(percentile / 100 * static_cast<double>(durations.size())) - 1;
  return durations[static_cast<std::size_t>(std::max(0.0, rank))];
}

std::string milliseconds(double duration_ms) {
  return json::javascript_number(duration_ms) + " ms";
}

Finding judge_durations(const Spans& spans, double max_ms, View percentile) {
  if (percentile.exists()) {
    const double value = nearest_rank(spans, to_number(percentile));
    return verdict(!(value > max_ms), to_text(percentile) + "th percentile: " + milliseconds(value));
  }
  Spans slow;
  for (const Span* span : spans) {
    if (duration(*span) > max_ms) slow.push_back(span);
  }
  std::sort(slow.begin(), slow.end(), [](const Span* a, const Span* b) { return duration(*a) > duration(*b); });
  if (slow.empty()) return verdict(true, "all " + std::to_string(spans.size()) + " spans are fast enough");
  return verdict(false, std::to_string(slow.size()) + " slow spans, the slowest " + milliseconds(duration(*slow[0])) +
                            named(slow));
}

}  // namespace

Answer trace_span_count(const Trace& trace, View value) {
  if (!value.is_object() || !truthy(value["pattern"]))
    return failure("trace-span-count needs an object with a pattern");
  if (!value["pattern"].is_string()) return failure("trace-span-count: the pattern must be text");
  const auto spans = matching(trace, value["pattern"].string_or(""));
  if (!spans) return failure("trace-span-count: " + spans.error());
  const auto count = static_cast<double>(spans->size());
  return verdict(!below(count, value["min"]) && !above(count, value["max"]),
                 std::to_string(spans->size()) + " matching spans" + named(*spans));
}

Answer trace_span_duration(const Trace& trace, View value) {
  const View percentile = value["percentile"];
  if (!value["max"].is_number()) return failure("trace-span-duration needs an object with a max");
  if (percentile.exists() && !(percentile.as_double() >= 0.0 && percentile.as_double() <= 100.0)) {
    return failure("trace-span-duration: the percentile must be a number from 0 to 100");
  }
  const View pattern = value["pattern"];
  if (pattern.exists() && !pattern.is_string()) return failure("trace-span-duration: the pattern must be text");
  auto spans = matching(trace, pattern.string_or("*"));
  if (!spans) return failure("trace-span-duration: " + spans.error());
  std::erase_if(*spans, [](const Span* span) { return !span->start || !span->end; });
  if (spans->empty()) return verdict(true, "no matching span has both times");
  return judge_durations(*spans, to_number(value["max"]), percentile);
}

Answer trace_error_spans(const Trace& trace, View value) {
  const View max_count = value.is_number() ? value : value["max_count"], max_percentage = value["max_percentage"];
  const View pattern = value["pattern"];
  if (truthy(pattern) && !pattern.is_string()) return failure("trace-error-spans: the pattern must be text");
  const auto spans = matching(trace, truthy(pattern) ? pattern.string_or("*") : "*");
  if (!spans) return failure("trace-error-spans: " + spans.error());
  if (spans->empty()) return verdict(true, "no span matches");

  Spans errors;
  for (const Span* span : *spans) {
    if (is_error(*span)) errors.push_back(span);
  }
  const auto count = static_cast<double>(errors.size());
  const double share = count / static_cast<double>(spans->size()) * 100;
  const bool neither = !max_count.exists() && !max_percentage.exists();
  const bool too_many = neither ? count > 0 : above(count, max_count) || above(share, max_percentage);
  return verdict(!too_many, std::to_string(errors.size()) + " of " + std::to_string(spans->size()) +
                                " matching spans are errors" + named(errors));
}

}  // namespace assay::tools
