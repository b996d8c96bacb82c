#include <map>
#include <memory>

#include "queue/memory_queue.hpp"
#include "runtime/virtual_port.hpp"
#include "tests/support/queue_conformance.hpp"

using namespace assay;

namespace {

/// A store whose leases last an hour, with as many workers as are asked for.
class MemoryWorld : public testing::QueueWorld {
 public:
  Loop& loop() override { return loop_; }
  queue::JobQueue& worker(int number) override {
    auto& made = workers_[number];
    if (!made) made = std::make_unique<queue::MemoryQueue>(loop_, store_, std::to_string(number));
    return *made;
  }
  JobId enqueue(queue::MemoryStore::Order order) override { return store_.enqueue(std::move(order)); }
  bool cancel(JobId job) override { return store_.cancel(job); }
  JobId retry(JobId job, std::vector<CellNumber> cells) override { return store_.retry(job, std::move(cells)).value(); }
  void pause(bool paused) override { paused ? store_.pause("default") : store_.resume("default"); }
  void expire(int worker) override {
    // The others renew, this one does not.
    const auto shares = store_.shares();
    offset_ += std::chrono::hours(1) + std::chrono::seconds(1);
    for (const auto& [id, share] : shares) {
      if (share.state != queue::MemoryStore::ShareState::running || share.worker == std::to_string(worker)) continue;
      store_.renew(LeaseRef{id, share.token, share.job, Day{}});
    }
  }
  void make_due() override { offset_ += std::chrono::hours(2); }
  std::string job_state(JobId job) override {
    static constexpr const char* names[] = {"queued", "running", "finished", "cancelled", "quarantined"};
    return names[static_cast<std::size_t>(store_.jobs().at(job).state)];
  }
  std::size_t results(JobId job) override {
    std::size_t count = 0;
    for (const auto& [place, stored] : store_.results()) count += place.first == job;
    return count;
  }
  std::int64_t reserved(JobId job) override { return store_.jobs().at(job).reserved.nanos(); }
  std::int64_t settled(JobId job) override { return store_.jobs().at(job).settled.nanos(); }
  std::size_t orphans(JobId job) override {
    std::size_t count = 0;
    for (const auto& [id, ended] : store_.ended()) count += id.job == job && ended.orphan;
    return count;
  }
  std::vector<std::string> verify() override { return store_.verify(); }

 private:
  static queue::MemoryStore::Settings hour() {
    queue::MemoryStore::Settings settings;
    settings.lease = std::chrono::hours(1);
    return settings;
  }
  VirtualPort port_;
  Loop loop_{port_};
  Duration offset_{};
  queue::MemoryStore store_{[this] { return loop_.now() + offset_; }, hour()};
  std::map<int, std::unique_ptr<queue::MemoryQueue>> workers_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(memory_queue)
ASSAY_QUEUE_CONFORMANCE(MemoryWorld)
BOOST_AUTO_TEST_SUITE_END()
