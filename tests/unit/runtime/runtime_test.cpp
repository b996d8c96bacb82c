#include <boost/test/unit_test.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/random.hpp"
#include "runtime/scope.hpp"
#include "runtime/thread_offload.hpp"
#include "runtime/virtual_port.hpp"
#include "runtime/wait.hpp"

using namespace assay;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  VirtualPort port;
  Loop loop{port};
};

Task<int> ready_number(int number) { co_return number; }

Task<long> sum_of_ready(int count) {
  long sum = 0;
  for (int i = 0; i < count; ++i) sum += co_await ready_number(1);
  co_return sum;
}

Task<int> number_after(Loop& loop, Duration delay, int number) {
  co_await sleep_for(loop, delay);
  co_return number;
}

Task<long> sum_of_slow(Loop& loop, int count) {
  long sum = 0;
  for (int i = 0; i < count; ++i) sum += co_await number_after(loop, 1ms, 1);
  co_return sum;
}

Task<> note_after(Loop& loop, Duration delay, std::vector<int>& notes, int note) {
  co_await sleep_for(loop, delay);
  notes.push_back(note);
}

Task<> throws_after(Loop& loop, Duration delay) {
  co_await sleep_for(loop, delay);
  throw std::runtime_error("broken");
}

/// Counts how many of its kind are alive, to prove that abandoned frames are destroyed.
struct Alive {
  explicit Alive(int& count_) : count(&count_) { ++*count; }
  Alive(const Alive&) = delete;
  Alive& operator=(const Alive&) = delete;
  ~Alive() { --*count; }
  int* count;
};

Task<> holds(Loop& loop, int& alive) {
  const Alive here(alive);
  co_await number_after(loop, 1h, 1);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(task, Fixture)

BOOST_AUTO_TEST_CASE(a_million_ready_awaits_do_not_deepen_the_stack) {
  BOOST_TEST(loop.run(sum_of_ready(1'000'000)) == 1'000'000);
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_real_waits_do_not_deepen_the_stack) {
  BOOST_TEST(loop.run(sum_of_slow(loop, 100'000)) == 100'000);
}

BOOST_AUTO_TEST_CASE(an_exception_leaves_through_the_await) {
  BOOST_CHECK_THROW(loop.run(throws_after(loop, 1s)), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(scope, Fixture)

namespace {

Task<> three_in_order(Loop& loop, std::vector<int>& notes) {
  Scope scope(loop, co_await current_stop());
  scope.start(note_after(loop, 3s, notes, 3));
  scope.start(note_after(loop, 1s, notes, 1));
  scope.start(note_after(loop, 2s, notes, 2));
  co_await scope.join();
  notes.push_back(4);
}

Task<std::string> one_breaks(Loop& loop, std::vector<int>& notes) {
  Scope scope(loop, co_await current_stop());
  scope.start(note_after(loop, 3s, notes, 3));
  scope.start(throws_after(loop, 1s));
  try {
    co_await scope.join();
  } catch (const std::runtime_error& error) {
    co_return error.what();
  }
  co_return "nothing thrown";
}

Task<std::size_t> abandon(Loop& loop, int& alive) {
  Scope scope(loop, co_await current_stop());
  scope.start(holds(loop, alive));
  scope.start(holds(loop, alive));
  co_await sleep_for(loop, 1s);
  co_return scope.running();
}

Task<> stop_others(Loop& loop, Scope& scope) {
  co_await sleep_for(loop, 1s);
  scope.request_stop(StopReason::cancelled);
}

Task<Instant> stopped_early(Loop& loop, std::vector<int>& notes) {
  Scope scope(loop, co_await current_stop());
  scope.start(note_after(loop, 1h, notes, 1));
  scope.start(stop_others(loop, scope));
  co_await scope.join();
  co_return loop.now();
}

}  // namespace

BOOST_AUTO_TEST_CASE(joins_everything_it_started) {
  std::vector<int> notes;
  loop.run(three_in_order(loop, notes));
  BOOST_TEST(notes == (std::vector<int>{1, 2, 3, 4}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_first_exception_stops_the_siblings_and_leaves_through_join) {
  std::vector<int> notes;
  BOOST_TEST(loop.run(one_breaks(loop, notes)) == "broken");
  BOOST_TEST(notes.empty());
}

BOOST_AUTO_TEST_CASE(destroying_it_abandons_what_still_waits) {
  int alive = 0;
  BOOST_TEST(loop.run(abandon(loop, alive)) == 2u);
  BOOST_TEST(alive == 0);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_sleeps_at_once) {
  std::vector<int> notes;
  const Instant before = loop.now();
  BOOST_TEST(((loop.run(stopped_early(loop, notes)) - before) == 1s));
  BOOST_TEST(notes.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(waits, Fixture)

namespace {

Task<> answer_later(Loop& loop, OneShot<int>::Resolver resolver) {
  co_await sleep_for(loop, 1s);
  resolver.set(7);
}

Task<int> await_answer(Loop& loop) {
  OneShot<int> answer(loop);
  Scope scope(loop, co_await current_stop());
  scope.start(answer_later(loop, answer.resolver()));
  const int value = co_await answer;
  co_await scope.join();
  co_return value;
}

Task<> hold_permit(Loop& loop, Semaphore& semaphore, int& now_held, int& most) {
  const Semaphore::Permit permit = co_await semaphore.acquire();
  most = std::max(most, ++now_held);
  co_await sleep_for(loop, 1s);
  --now_held;
}

Task<int> many_holders(Loop& loop, int holders) {
  Semaphore semaphore(loop, 3);
  int held = 0, most = 0;
  {
    Scope scope(loop, co_await current_stop());
    for (int i = 0; i < holders; ++i) scope.start(hold_permit(loop, semaphore, held, most));
    co_await scope.join();
  }
  BOOST_TEST(semaphore.free() == 3u);
  co_return most;
}

Task<> many_stopped(Loop& loop, Semaphore& semaphore) {
  int held = 0, most = 0;
  Scope scope(loop, co_await current_stop());
  for (int i = 0; i < 10; ++i) scope.start(hold_permit(loop, semaphore, held, most));
  co_await sleep_for(loop, 1500ms);
  scope.request_stop(StopReason::cancelled);
  co_await scope.join();
}

Task<bool> wait_signal(Signal& signal, Deadline deadline) { co_return co_await signal.wait(deadline); }

Task<> notify_after(Loop& loop, Signal& signal, Duration delay) {
  co_await sleep_for(loop, delay);
  signal.notify();
}

Task<bool> signal_in_time(Loop& loop, Signal& signal, Duration delay, Duration limit) {
  Scope scope(loop, co_await current_stop());
  scope.start(notify_after(loop, signal, delay));
  const bool came = co_await wait_signal(signal, Deadline{loop.now() + limit});
  co_await scope.join();
  co_return came;
}

/// An operation that completes and is stopped in the same turn.
Task<std::string> arrived_then_stopped(Loop& loop) {
  Scope scope(loop, co_await current_stop());
  Signal signal(loop);
  std::string outcome = "pending";
  struct Waiter {
    static Task<> run(Signal& signal_, std::string& outcome_) {
      try {
        outcome_ = co_await signal_.wait(Deadline::never()) ? "came" : "timed out";
      } catch (const Stopped&) {
        outcome_ = "stopped";
      }
    }
  };
  scope.start(Waiter::run(signal, outcome));
  signal.notify();
  scope.request_stop(StopReason::cancelled);
  co_await scope.join();
  co_return outcome;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_one_shot_delivers_its_answer) { BOOST_TEST(loop.run(await_answer(loop)) == 7); }

BOOST_AUTO_TEST_CASE(a_semaphore_never_lets_more_in_than_it_has) { BOOST_TEST(loop.run(many_holders(loop, 50)) == 3); }

BOOST_AUTO_TEST_CASE(a_stopped_acquire_keeps_no_permit) {
  Semaphore semaphore(loop, 3);
  loop.run(many_stopped(loop, semaphore));
  BOOST_TEST(semaphore.free() == 3u);
}

BOOST_AUTO_TEST_CASE(a_signal_wakes_or_its_deadline_does) {
  Signal signal(loop);
  BOOST_TEST(loop.run(signal_in_time(loop, signal, 1s, 2s)));
  BOOST_TEST(!loop.run(signal_in_time(loop, signal, 2s, 1s)));
}

BOOST_AUTO_TEST_CASE(an_outcome_that_has_come_is_not_taken_back_by_a_stop) {
  BOOST_TEST(loop.run(arrived_then_stopped(loop)) == "came");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(offload, Fixture)

namespace {

Task<long> far_sum(Loop& loop, Offload& pool) {
  long sum = 0;
  for (int i = 0; i < 100; ++i) {
    std::function<long()> work = [i] { return static_cast<long>(i); };
    sum += co_await run_elsewhere<long>(loop, pool, std::move(work));
  }
  co_return sum;
}

Task<long> far_failure(Loop& loop, Offload& pool) {
  std::function<long()> work = []() -> long { throw std::runtime_error("far"); };
  co_return co_await run_elsewhere<long>(loop, pool, std::move(work));
}

}  // namespace

BOOST_AUTO_TEST_CASE(results_and_exceptions_come_back_to_the_loop) {
  ThreadOffload pool(loop, 2);
  BOOST_TEST(loop.run(far_sum(loop, pool)) == 4950);
  BOOST_CHECK_THROW(loop.run(far_failure(loop, pool)), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(random_numbers)

BOOST_AUTO_TEST_CASE(one_seed_gives_one_sequence) {
  Random a(42), b(42), c(43);
  BOOST_TEST(a.next() == b.next());
  BOOST_TEST(a.next() != c.next());
}

BOOST_AUTO_TEST_CASE(units_fill_the_interval) {
  Random random(1);
  double sum = 0;
  for (int i = 0; i < 10'000; ++i) sum += random.unit();
  BOOST_TEST(sum > 4'800);
  BOOST_TEST(sum < 5'200);
}

BOOST_AUTO_TEST_SUITE_END()
