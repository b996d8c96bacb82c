#include "worker/compose.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "base/version.hpp"
#include "catalogue/from_settings.hpp"
#include "curl/curl_transport.hpp"
#include "engine/worker.hpp"
#include "net/epoll_port.hpp"
#include "net/socket.hpp"
#include "postgres/error.hpp"
#include "postgres/migrator.hpp"
#include "postgres/postgres_job_queue.hpp"
#include "runtime/offload.hpp"
#include "runtime/scope.hpp"
#include "runtime/thread_offload.hpp"
#include "telemetry/health_server.hpp"
#include "worker/log.hpp"
#include "worker/map_settings.hpp"
#include "worker/models.hpp"
#include "worker/reporter.hpp"
#include "worker/signals.hpp"

namespace assay {
namespace {

constexpr int exit_forced = 130;
constexpr Duration one_stroke = std::chrono::milliseconds(250);

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

std::string worker_name(const config::Settings& settings, std::uint64_t seed) {
  if (!settings.worker.name.empty()) return settings.worker.name;
  return host_name() + "-" + std::to_string(getpid()) + "-" + std::to_string(seed % 10'000);
}

/// The program while it runs. Parts stand in the order in which they need each other.
class Program {
 public:
  explicit Program(const config::Loaded& loaded);
  int run();

 private:
  Task<int> live();
  Task<> beat();
  Task<bool> wait_for_schema();
  std::function<std::string()> schema_check() const;
  void signal(int number);
  void export_limits();

  const config::Loaded& loaded_;
  const config::Settings& settings_;
  const std::uint64_t seed_;
  const std::string name_;
  net::EpollPort port_;
  Loop loop_{port_};
  Signals signals_;
  telemetry::Log log_;
  telemetry::Metrics metrics_;
  telemetry::Health health_;
  telemetry::HealthServer health_server_;
  ThreadOffload offload_;
  Random random_;
  Reporter reporter_;
  routing::Router router_;
  pricing::PriceBook prices_;
  curl::CurlTransport transport_;
  std::unique_ptr<postgres::PostgresJobQueue> queue_;
  std::unique_ptr<engine::Worker> worker_;
  Signal stopping_{loop_};
  Instant first_signal_{};
  bool draining_ = false;
};

Program::Program(const config::Loaded& loaded)
    : loaded_(loaded),
      settings_(loaded.settings),
      seed_(process_seed()),
      name_(worker_name(settings_, seed_)),
      signals_(port_, [this](int number) { signal(number); }),
      log_(make_log(settings_).with({{"worker", name_}})),
      health_({}, port_.now()),
      health_server_({settings_.health.host, settings_.health.port}, health_, metrics_, [this] { return port_.now(); }),
      offload_(loop_, 2),
      random_(seed_),
      reporter_(metrics_, log_),
      router_(catalogue::router_settings(settings_)),
      prices_(catalogue::price_book(settings_)),
      transport_(loop_, port_, transport_settings(settings_)) {
  net::raise_descriptor_limit();
  postgres::PostgresJobQueue::Options options = queue_options(settings_);
  options.identity = {name_, host_name(), static_cast<std::int32_t>(getpid()), version, settings_.worker.slots};
  options.seed = random_.next();
  options.on_wake = [this] {
    if (worker_) worker_->wake();
  };
  queue_ = std::make_unique<postgres::PostgresJobQueue>(loop_, std::move(options), log_);
  worker_ = std::make_unique<engine::Worker>(loop_, *queue_, transport_, router_, prices_, offload_, random_, reporter_, engine_settings(settings_),
                                             build_models(settings_));
}

void Program::export_limits() {
  for (const config::Row& row : loaded_.rows) {
    if (row.limit) metrics_.gauge(telemetry::metric::limit, {row.limit_name}).set(*row.limit);
  }
  metrics_.gauge(telemetry::metric::slots).set(settings_.worker.slots);
  metrics_.gauge(telemetry::metric::build_info, {version, __VERSION__, settings_.schema}).set(1);
  log_.info("worker starts", {{"version", version}, {"slots", settings_.worker.slots}, {"lease_seconds", std::chrono::duration<double>(settings_.worker.lease).count()},
                              {"mode", routing::to_string(catalogue::router_mode(settings_))}, {"health", health_server_.url()}});
  for (const source::Fault& warning : loaded_.warnings) log_.warn("setting", {{"what", source::to_text(warning)}});
  for (const config::Row& row : loaded_.rows) {
    if (row.limit && log_.writes(telemetry::Level::debug)) log_.debug("limit", {{"name", row.name}, {"value", row.value}, {"origin", row.origin}});
  }
}

void Program::signal(int number) {
  // Called from inside the port's wait: only marks what is to be done.
  const Instant now = port_.now();
  if (draining_ && now - first_signal_ < one_stroke) return;  // `timeout` and shells send one stroke to the process and its group
  if (draining_) {
    log_.warn("second signal: leaving at once; leases expire by themselves", {{"signal", number}});
    log_.flush();
    _exit(exit_forced);
  }
  draining_ = true;
  first_signal_ = now;
  health_.draining();
  log_.info("draining: no new work, finishing what fits into the grace time",
            {{"signal", number}, {"calls_in_flight", worker_->calls_in_flight()}, {"grace_seconds", std::chrono::duration<double>(settings_.worker.grace).count()}});
  worker_->drain();
  stopping_.notify();
}

Task<> Program::beat() {
  telemetry::Gauge shares = metrics_.gauge(telemetry::metric::shares_held);
  telemetry::Counter away = metrics_.counter(telemetry::metric::queue_outage_seconds);
  double away_before = 0;
  for (;;) {
    health_.beat(loop_.now());
    worker_->hints_arrive(queue_->listening());
    if (queue_->connected()) {
      health_.database_answered(loop_.now());
    } else {
      health_.database_failed("no connection");
    }
    shares.set(static_cast<double>(worker_->leases()));
    const double away_now = std::chrono::duration<double>(queue_->stats().settle.away).count();
    away.add(away_now - away_before);
    away_before = away_now;
    co_await sleep_for(loop_, std::chrono::seconds(1));
  }
}

std::function<std::string()> Program::schema_check() const {
  postgres::Migrator::Options options;
  options.url = std::string((settings_.direct_url.empty() ? settings_.database_url : settings_.direct_url).reveal());
  options.schema = postgres::Schema(settings_.schema);
  options.program_version = version;
  return [options]() -> std::string {
    try {
      postgres::Migrator migrator(options);
      const postgres::Migrator::Status status = migrator.status();
      if (status.pending.empty()) return {};
      return "the database lacks " + status.pending.front() + ": run `assay migrate up`";
    } catch (const std::exception& error) {
      return error.what();
    }
  };
}

/// Until the database is there and fits. A worker may be started before its database.
Task<bool> Program::wait_for_schema() {
  while (!draining_) {
    std::function<std::string()> check = schema_check();
    Task<std::string> checking = run_elsewhere<std::string>(loop_, offload_, std::move(check));
    const std::string trouble = co_await checking;
    if (trouble.empty()) {
      health_.schema_fits();
      co_return true;
    }
    health_.schema_differs("not ready");
    log_.warn("waiting for the database", {{"why", trouble}});
    co_await stopping_.wait(Deadline{loop_.now() + std::chrono::seconds(1)});
  }
  co_return false;
}

Task<int> Program::live() {
  Scope upkeep(loop_, co_await current_stop());
  upkeep.start(beat());
  export_limits();
  const bool ready = co_await wait_for_schema();
  if (ready) {
    health_.started();
    log_.info("worker is ready");
    co_await worker_->run();
    std::string last = "stopped";
    auto said = co_await queue_->say(std::move(last));
    if (!said) log_.warn("database away", {{"step", "bye"}, {"detail", said.error().detail}});
  }
  log_.info("worker has drained");
  upkeep.request_stop(StopReason::draining);
  co_await upkeep.join();
  co_return 0;
}

int Program::run() {
  const int code = loop_.run(live());
  worker_.reset();
  queue_.reset();
  log_.flush();
  return code;
}

}  // namespace

int run_worker(const config::Loaded& loaded) {
  Program program(loaded);
  return program.run();
}

}  // namespace assay
