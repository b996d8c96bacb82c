#include "worker/run_suite.hpp"

#include <csignal>
#include <utility>

#include "catalogue/from_settings.hpp"
#include "curl/curl_transport.hpp"
#include "engine/worker.hpp"
#include "net/epoll_port.hpp"
#include "net/socket.hpp"
#include "queue/memory_queue.hpp"
#include "runtime/scope.hpp"
#include "runtime/thread_offload.hpp"
#include "telemetry/wall_clock.hpp"
#include "worker/log.hpp"
#include "worker/map_settings.hpp"
#include "worker/reporter.hpp"
#include "worker/signals.hpp"

namespace assay {
namespace {

/// Prices have dates; nothing else here asks what day it is.
Day today() {
  const auto since = telemetry::system_wall_clock()().time_since_epoch();
  return Day{static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::hours>(since).count() / 24)};
}

queue::MemoryStore::Order in_memory(const cli::RunOrder& wanted, SuiteId suite) {
  queue::MemoryStore::Order order;
  order.suite = suite;
  order.models = wanted.models;
  order.cases = wanted.cases;
  order.repeats = wanted.repeats;
  order.max_cost = wanted.max_cost;
  order.sampling = wanted.sampling;
  order.day = today();
  return order;
}

class LocalRun {
 public:
  LocalRun(const config::Settings& settings, const cli::RunOrder& order)
      : signals_(port_, [this](int) { interrupt(); }),
        offload_(loop_, 2),
        random_(process_seed()),
        reporter_(metrics_, make_log(settings)),
        router_(catalogue::router_settings(settings)),
        prices_(catalogue::price_book(settings)),
        transport_(loop_, port_, transport_settings(settings)),
        store_([this] { return loop_.now(); }),
        queue_(loop_, store_, "local"),
        job_(store_.enqueue(in_memory(order, store_.put_suite(order.suite)))),
        worker_(loop_, queue_, transport_, router_, prices_, offload_, random_, reporter_, engine_settings(settings)) {
    net::raise_descriptor_limit();
  }

  cli::RunReport run() {
    loop_.run(live());
    cli::RunReport report;
    report.terms = *store_.jobs().at(job_).terms;
    for (const auto& [place, stored] : store_.results()) report.results.push_back(stored.result);
    report.interrupted = interrupted_;
    return report;
  }

 private:
  Task<> live() {
    Scope watching(loop_, co_await current_stop());
    watching.start(drain_at_the_end());
    co_await worker_.run();
    watching.request_stop(StopReason::draining);
    co_await watching.join();
  }

  Task<> drain_at_the_end() {
    while (store_.jobs().at(job_).state <= queue::MemoryStore::JobState::running)
      co_await sleep_for(loop_, std::chrono::milliseconds(20));
    worker_.drain();
  }

  void interrupt() {
    interrupted_ = true;
    worker_.drain();
  }

  net::EpollPort port_;
  Loop loop_{port_};
  Signals signals_;
  telemetry::Metrics metrics_;
  ThreadOffload offload_;
  Random random_;
  Reporter reporter_;
  routing::Router router_;
  pricing::PriceBook prices_;
  curl::CurlTransport transport_;
  queue::MemoryStore store_;
  queue::MemoryQueue queue_;
  JobId job_;
  engine::Worker worker_;
  bool interrupted_ = false;
};

}  // namespace

cli::RunReport run_suite(const config::Loaded& loaded, const cli::RunOrder& order) {
  LocalRun run(loaded.settings, order);
  return run.run();
}

}  // namespace assay
