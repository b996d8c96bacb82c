#include "worker/reporter.hpp"

#include <utility>

#include "worker/wire_text.hpp"

namespace assay {
namespace {

namespace metric = telemetry::metric;

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace

Reporter::Reporter(telemetry::Metrics& metrics, telemetry::Log log)
    : metrics_(metrics),
      log_(std::move(log)),
      claimed_shares_(metrics.counter(metric::claimed_shares)),
      claimed_cells_(metrics.counter(metric::claimed_cells)),
      settles_(metrics.counter(metric::settles)),
      late_(metrics.counter(metric::late_writes_refused)),
      lost_(metrics.counter(metric::leases_lost)),
      orphans_(metrics.counter(metric::orphans)),
      rescues_(metrics.counter(metric::rescues)),
      promotions_(metrics.counter(metric::promotions)),
      quarantines_(metrics.counter(metric::quarantines)),
      in_flight_(metrics.gauge(metric::in_flight)),
      overhead_(metrics.histogram(metric::overhead_seconds)) {
  for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::error, Verdict::unchecked}) {
    verdicts_[static_cast<std::size_t>(verdict)] = metrics.counter(metric::cells, {to_string(verdict)});
  }
}

Reporter::ProviderSeries& Reporter::of(std::string_view provider) {
  const auto known = providers_.find(provider);
  if (known != providers_.end()) return known->second;
  ProviderSeries& series = providers_[std::string(provider)];
  series.seconds = metrics_.histogram(metric::call_seconds, {provider});
  series.input = metrics_.counter(metric::tokens, {provider, "input"});
  series.output = metrics_.counter(metric::tokens, {provider, "output"});
  series.cached = metrics_.counter(metric::tokens, {provider, "cached"});
  series.cost = metrics_.counter(metric::cost_nanos, {provider});
  return series;
}

void Reporter::claimed(const Lease& lease) {
  claimed_shares_.add();
  claimed_cells_.add(static_cast<double>(lease.count) - static_cast<double>(lease.done.size()));
  if (log_.writes(telemetry::Level::debug)) {
    log_.debug("share claimed", {{"job", lease.terms->job}, {"share", lease.share}, {"cells", lease.count}, {"crashes", lease.crashes}});
  }
  if (lease.suspect) log_.warn("suspect claimed: it will run alone", {{"job", lease.terms->job}, {"crashes", lease.crashes}});
}

void Reporter::call_begins(const LeaseRef&, const CallId& call, std::string_view model) {
  in_flight_.add(1);
  if (log_.writes(telemetry::Level::debug)) log_.debug("call begins", {{"call", call}, {"model", model}});
}

bool Reporter::watches_the_wire() const { return log_.writes(telemetry::Level::debug); }

void Reporter::request_leaves(const CallId& call, const http::Request& request) {
  log_.debug("request", {{"call", call}, {"method", request.method}, {"url", shown_url(request.url)},
                         {"headers", shown_headers(request)}, {"body", shown_body(request.body)}});
}

void Reporter::response_came(const CallId& call, const http::Response& response, const providers::Deployment& from) {
  log_.debug("response", {{"call", call}, {"status", response.status}, {"headers", shown_headers(response.headers, from)},
                          {"body", shown_body(response.body, from)}});
}

void Reporter::call_ended(const CallId& call, std::string_view provider, const Failure* failure, Duration took) {
  in_flight_.add(-1);
  ProviderSeries& series = of(provider);
  const std::string_view outcome = failure == nullptr ? "ok" : to_string(failure->kind);
  auto counter = series.outcomes.find(outcome);
  if (counter == series.outcomes.end()) {
    counter = series.outcomes.emplace(std::string(outcome), metrics_.counter(metric::calls, {provider, outcome})).first;
  }
  counter->second.add();
  series.seconds.observe(seconds(took));
  if (failure != nullptr) {
    log_.warn("call failed", {{"call", call}, {"provider", provider}, {"kind", outcome}, {"source", to_string(failure->source)},
                              {"status", failure->status}, {"detail", failure->detail}});
  }
}

void Reporter::cell_stored(const LeaseRef& lease, const CellResult& result) {
  settles_.add();
  verdicts_[static_cast<std::size_t>(result.verdict)].add();
  if (result.seq > 0) {
    ProviderSeries& series = of(result.provider);
    series.input.add(static_cast<double>(result.completion.usage.input.value_or(0)));
    series.output.add(static_cast<double>(result.completion.usage.answer_tokens()));
    series.cached.add(static_cast<double>(result.completion.usage.cached_read.value_or(0)));
    if (result.cost) series.cost.add(static_cast<double>(result.cost->nanos()));
    overhead_.observe(seconds(result.timings.overhead));
  }
  if (log_.writes(telemetry::Level::debug)) {
    log_.debug("cell stored", {{"job", lease.job}, {"cell", result.cell}, {"verdict", to_string(result.verdict)}});
  }
}

void Reporter::late_write_refused(const LeaseRef& lease, CellNumber cell) {
  late_.add();
  orphans_.add();
  log_.warn("late write refused: the share had passed to another; the call is booked as an orphan", {{"job", lease.job}, {"cell", cell}});
}

void Reporter::lease_lost(const LeaseRef& lease, std::string_view why) {
  lost_.add();
  log_.warn("lease lost", {{"job", lease.job}, {"share", lease.share}, {"why", why}});
}

void Reporter::released(const LeaseRef& lease, const queue::Release& how) {
  metrics_.counter(metric::releases, {how.reason}).add();
  log_.info("share handed back", {{"job", lease.job}, {"share", lease.share}, {"reason", how.reason}, {"wake_after_seconds", seconds(how.wake_after)}});
}

void Reporter::share_ended(const LeaseRef& lease) {
  if (log_.writes(telemetry::Level::debug)) log_.debug("share ended", {{"job", lease.job}, {"share", lease.share}});
}

void Reporter::outage(std::string_view operation, const queue::Outage& outage) {
  metrics_.counter(metric::queue_outages, {operation}).add();
  log_.warn("database away", {{"step", operation}, {"maybe_done", outage.maybe_done}, {"detail", outage.detail}});
}

void Reporter::swept(const queue::JobQueue::Swept& swept) {
  rescues_.add(swept.rescued);
  promotions_.add(swept.promoted);
  quarantines_.add(swept.quarantined);
  if (swept.rescued > 0) log_.warn("shares of lost workers put back", {{"shares", swept.rescued}});
  if (swept.quarantined > 0) log_.error("jobs quarantined: they took down every worker that ran them alone", {{"jobs", swept.quarantined}});
}

void Reporter::broken(std::string_view where, std::string_view what) {
  log_.error("a piece of work broke", {{"where", where}, {"what", what}});
}

}  // namespace assay
