#include "engine/persist.hpp"

#include <algorithm>

namespace assay::engine {
namespace {

using std::chrono::milliseconds;

constexpr Duration first_wait = milliseconds(200);
constexpr Duration longest_wait = std::chrono::seconds(5);

}  // namespace

Task<> Persist::wait_out(std::string_view operation, const queue::Outage& outage, int tries) {
  observer_.outage(operation, outage);
  const Duration ceiling = std::min<Duration>(longest_wait, first_wait * (1 << std::min(tries, 5)));
  const double share = random_.unit();
  co_await sleep_for(loop_, Duration(static_cast<Duration::rep>(static_cast<double>(ceiling.count()) * share)));
}

Task<queue::BeginAnswer> Persist::begin(const queue::CallIntent& intent) {
  for (int tries = 0;; ++tries) {
    auto answer = co_await queue_.begin(intent);
    if (answer) co_return *answer;
    co_await wait_out("begin", answer.error(), tries);
  }
}

Task<queue::SettleAnswer> Persist::settle(queue::SealedSettlement settlement) {
  for (int tries = 0;; ++tries) {
    auto answer = co_await queue_.settle(settlement);
    if (answer) co_return *answer;
    co_await wait_out("settle", answer.error(), tries);
  }
}

Task<bool> Persist::release(LeaseRef lease, queue::Release how) {
  for (int tries = 0;; ++tries) {
    auto answer = co_await queue_.release(lease, how);
    if (answer) co_return *answer;
    co_await wait_out("release", answer.error(), tries);
  }
}

Task<queue::SettleAnswer> Persist::close(LeaseRef lease) {
  for (int tries = 0;; ++tries) {
    auto answer = co_await queue_.close(lease);
    if (answer) co_return *answer;
    co_await wait_out("close", answer.error(), tries);
  }
}

Task<bool> Persist::run_alone(LeaseRef lease) {
  for (int tries = 0;; ++tries) {
    auto answer = co_await queue_.run_alone(lease);
    if (answer) co_return *answer;
    co_await wait_out("run_alone", answer.error(), tries);
  }
}

Task<std::string> Persist::suite(SuiteId id) {
  for (int tries = 0;; ++tries) {
    auto answer = co_await queue_.suite(id);
    if (answer) co_return std::move(*answer);
    co_await wait_out("suite", answer.error(), tries);
  }
}

}  // namespace assay::engine
