#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "json/writer.hpp"
#include "net/epoll_port.hpp"
#include "postgres/postgres_job_queue.hpp"
#include "tests/support/queue_conformance.hpp"
#include "tests/support/test_database.hpp"

namespace assay::testing {

/// A database of its own with as many workers as are asked for, each with its own connections.
class PostgresWorld : public QueueWorld {
 public:
  Loop& loop() override { return loop_; }
  TestDatabase& database() { return database_; }

  postgres::PostgresJobQueue& postgres_worker(int number) {
    auto& made = workers_[number];
    if (!made) made = std::make_unique<postgres::PostgresJobQueue>(loop_, options(number), telemetry::Log::none());
    return *made;
  }
  queue::JobQueue& worker(int number) override { return postgres_worker(number); }

  virtual postgres::PostgresJobQueue::Options options(int number) {
    postgres::PostgresJobQueue::Options made;
    made.url = database_.url();
    made.identity.worker = name_of(number);
    made.identity.host = "test";
    made.lease = std::chrono::hours(1);
    made.seed = static_cast<std::uint64_t>(number);
    return made;
  }
  static std::string name_of(int number) { return "w" + std::to_string(number); }

  JobId enqueue(MemoryStore::Order order) override {
    const std::int64_t suite = put_suite(order.cases);
    std::string job;
    json::Writer writer(job);
    writer.begin_array().begin_object().field("suite", suite).key("models").begin_array();
    for (const std::string& model : order.models) writer.string(model);
    writer.end_array().field("tenant", order.tenant).field("queue", order.queue).field("repeats", order.repeats);
    writer.field("priority", order.priority).field("cells_per_share", order.cells_per_share);
    if (order.max_cost) writer.key("max_cost").raw(to_dollars(*order.max_cost));
    writer.end_object().end_array();
    const JobId id(database_.number("select (@assay@.enqueue_jobs('" + job + "'))[1]"));
    if (order.delay > Duration::zero()) {
      database_.run(
          "update @assay_private@.share set state = 'scheduled', run_at = now() + interval '1 hour' where job_id = " +
          to_string(id));
    }
    return id;
  }
  bool cancel(JobId job) override {
    return database_.run("select @assay@.cancel_job(" + to_string(job) + ")").flag(0, 0);
  }
  JobId retry(JobId job, std::vector<CellNumber> cells) override {
    std::string list;
    for (const CellNumber cell : cells) list += (list.empty() ? "" : ",") + to_string(cell);
    return JobId(database_.number("select @assay@.retry_job(" + to_string(job) + ", 'cells', '{" + list + "}')"));
  }
  void pause(bool paused) override {
    database_.run(paused ? "select @assay@.pause_queue('default')" : "select @assay@.resume_queue('default')");
  }
  void expire(int worker_number) override {
    database_.run("update @assay_private@.share set lease_until = now() - interval '1 second' where worker = '" +
                  name_of(worker_number) + "'");
  }
  void make_due() override {
    database_.run("update @assay_private@.share set run_at = now() where state in ('scheduled', 'throttled')");
  }
  std::string job_state(JobId job) override {
    return database_.text("select state from @assay@.jobs where id = " + to_string(job));
  }
  std::size_t results(JobId job) override {
    return static_cast<std::size_t>(
        database_.number("select count(*) from @assay_private@.result where job_id = " + to_string(job)));
  }
  std::int64_t reserved(JobId job) override { return meter(job, "reserved_nanos"); }
  std::int64_t settled(JobId job) override { return meter(job, "settled_nanos"); }
  std::size_t orphans(JobId job) override {
    return static_cast<std::size_t>(
        database_.number("select count(*) from @assay@.calls where state = 'orphan' and job_id = " + to_string(job)));
  }
  std::vector<std::string> verify() override { return database_.violations(); }

 protected:
  std::int64_t put_suite(std::int32_t cases) {
    std::string suite;
    json::Writer writer(suite);
    writer.begin_object().field("name", "test").field("prompt", "Answer.").key("cases").begin_array();
    for (std::int32_t i = 0; i < cases; ++i) {
      writer.begin_object().field("title", "case " + std::to_string(i)).field("input", "?").end_object();
    }
    writer.end_array().end_object();
    return database_.number("select @assay@.put_suite('" + suite + "'::text)");
  }
  std::int64_t meter(JobId job, const char* column) {
    return database_.number("select coalesce((select " + std::string(column) +
                            " from @assay_private@.job_meter where job_id = " + to_string(job) + "), 0)");
  }

  TestDatabase database_;
  net::EpollPort port_;
  Loop loop_{port_};
  std::map<int, std::unique_ptr<postgres::PostgresJobQueue>> workers_;
};

}  // namespace assay::testing
