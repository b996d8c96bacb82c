#include "postgres/postgres_job_queue.hpp"

#include <unordered_set>

#include "postgres/begin_call.hpp"
#include "postgres/claim_call.hpp"
#include "postgres/listener.hpp"
#include "postgres/settle_call.hpp"
#include "postgres/settle_columns.hpp"
#include "postgres/statements.hpp"

namespace assay::postgres {
namespace {

using queue::Outage;
using Type = BinaryArray::Type;
template <class Answer>
using Replies = std::vector<Result<Answer, Outage>>;

struct Put {
  LeaseRef lease;
  queue::Release how;
};
struct Word {
  std::string state;
};
struct Nothing {};

Lane::Options lane_options(const PostgresJobQueue::Options& options, const char* name, std::uint64_t number) {
  Lane::Options lane;
  lane.name = name;
  lane.connection.url = options.url;
  lane.connection.application_name = "assay " + options.identity.worker;
  lane.connection.connect_timeout = options.connect_timeout;
  lane.connection.statement_timeout = options.statement_timeout;
  lane.connection.lock_timeout = options.lock_timeout;
  lane.seed = options.seed * 4 + number;
  lane.inbox = options.inbox;
  return lane;
}

/// A desk that carries out one errand at a time.
template <class Request, class Answer, class One>
Lane::Desk<Request, Answer>& add_single(Lane& lane, One one) {
  return lane.add_desk<Request, Answer>(Grouping{}, [one](Connection& connection, std::vector<Request>& requests) {
    Replies<Answer> answers;
    answers.emplace_back(one(connection, requests.front()));
    return answers;
  });
}

std::vector<LeaseRef> call_renew(Connection& connection, const std::string& statement,
                                 const PostgresJobQueue::Options& options, const std::vector<LeaseRef>& leases) {
  BinaryArray shares(Type::int8, leases.size()), tokens(Type::int8, leases.size());
  for (const LeaseRef& lease : leases) {
    shares.int8(lease.share.value);
    tokens.int8(lease.token.value);
  }
  Parameters parameters;
  parameters.text(options.identity.worker).array(std::move(shares)).array(std::move(tokens));
  parameters.int8(std::chrono::duration_cast<std::chrono::milliseconds>(options.lease).count());
  const Rows rows = connection.call(statement, parameters);
  std::unordered_set<std::int64_t> held;
  for (const std::int64_t share : parse_int_array(rows.text(0, 0))) held.insert(share);
  std::vector<LeaseRef> lost;
  for (const LeaseRef& lease : leases) {
    if (held.count(lease.share.value) == 0) lost.push_back(lease);
  }
  return lost;
}

Replies<bool> call_release(Connection& connection, const std::string& statement, const std::vector<Put>& puts) {
  BinaryArray shares(Type::int8, puts.size()), tokens(Type::int8, puts.size()), wakes(Type::int8, puts.size()),
      reasons(Type::text, puts.size(), 16);
  for (const Put& put : puts) {
    shares.int8(put.lease.share.value);
    tokens.int8(put.lease.token.value);
    wakes.int8(std::chrono::ceil<std::chrono::milliseconds>(put.how.wake_after).count());
    reasons.bytes(put.how.reason);
  }
  Parameters parameters;
  parameters.array(std::move(shares)).array(std::move(tokens)).array(std::move(wakes)).array(std::move(reasons));
  const Rows rows = connection.call(statement, parameters);
  Replies<bool> answers;
  for (const bool released : parse_bool_array(rows.text(0, 0))) answers.emplace_back(released);
  return answers;
}

bool call_run_alone(Connection& connection, const std::string& statement, const LeaseRef& lease) {
  Parameters parameters;
  parameters.int8(lease.share.value).int8(lease.token.value);
  return connection.call(statement, parameters).flag(0, 0);
}

queue::JobQueue::Swept call_sweep(Connection& connection, const std::string& statement,
                                  const PostgresJobQueue::Options& options) {
  Parameters parameters;
  parameters.int4(options.sweep_limit).int4(options.quarantine_after);
  const Rows rows = connection.call(statement, parameters);
  const auto number = [&](int column) { return static_cast<std::int32_t>(rows.number(0, column)); };
  return {number(0), number(1), number(2)};
}

std::string call_suite(Connection& connection, const std::string& statement, SuiteId id) {
  Parameters parameters;
  parameters.int8(id.value);
  return std::string(connection.call(statement, parameters).text(0, 0));
}

void call_hello(Connection& connection, const std::string& statement, const PostgresJobQueue::Options& options) {
  BinaryArray queues(Type::text, options.queues.size(), 16);
  for (const std::string& name : options.queues) queues.bytes(name);
  const PostgresJobQueue::Identity& us = options.identity;
  Parameters parameters;
  parameters.text(us.worker).text(us.host).int4(us.pid).text(us.version).int4(us.slots).array(std::move(queues));
  connection.call(statement, parameters);
}

void call_bye(Connection& connection, const std::string& statement, const std::string& worker,
              const std::string& state) {
  Parameters parameters;
  parameters.text(worker).text(state);
  connection.call(statement, parameters);
}

}  // namespace

struct PostgresJobQueue::Parts {
  Parts(Loop& loop_, Options given, telemetry::Log log)
      : loop(loop_),
        options(std::move(given)),
        say_of(options.schema),
        claim_call(say_of.claim, options.identity.worker, options.queues, options.lease),
        begin_call(say_of.begin, options.identity.worker),
        settle_call(say_of, options.identity.worker),
        work(loop, lane_options(options, "work", 0), log),
        settling(loop, lane_options(options, "settle", 1), log),
        steering(loop, greeted(), log) {
    furnish();
    work.start();
    settling.start();
    steering.start();
    if (options.listen && options.on_wake) listener.emplace(loop, listening(), options.on_wake, log);
  }

  Lane::Options greeted() {
    Lane::Options lane = lane_options(options, "control", 2);
    lane.greet = [this](Connection& connection) {
      if (!stopped) call_hello(connection, say_of.hello, options);
    };
    return lane;
  }

  Listener::Options listening() const {
    Listener::Options made;
    made.connection = lane_options(options, "listen", 3).connection;
    if (!options.direct_url.empty()) made.connection.url = options.direct_url;
    made.channel = options.schema.wake_channel();
    made.seed = options.seed * 4 + 3;
    return made;
  }

  void furnish() {
    Grouping begins_grouped;
    begins_grouped.items = options.begins_together;
    begins = &work.add_desk<queue::CallIntent, queue::BeginAnswer>(
        begins_grouped,
        [this](Connection& connection, std::vector<queue::CallIntent>& intents) {
          return begin_call(connection, intents);
        },
        [](const queue::CallIntent& intent) { return 128 + intent.price.size(); });
    alone = &add_single<LeaseRef, bool>(work, [this](Connection& connection, const LeaseRef& lease) {
      return call_run_alone(connection, say_of.run_alone, lease);
    });
    claims = &add_single<ClaimCall::Request, queue::Claimed>(
        work,
        [this](Connection& connection, const ClaimCall::Request& request) { return claim_call(connection, request); });
    suites = &add_single<SuiteId, std::string>(
        work, [this](Connection& connection, SuiteId id) { return call_suite(connection, say_of.suite, id); });

    Grouping settles_grouped;
    settles_grouped.items = options.settles_together;
    settles_grouped.linger = options.settle_linger;
    settles = &settling.add_desk<queue::SealedSettlement, queue::SettleAnswer>(
        settles_grouped,
        [this](Connection& connection, std::vector<queue::SealedSettlement>& settlements) {
          return settle_call(connection, settlements);
        },
        [](const queue::SealedSettlement& settlement) { return size_of(*settlement); });
    Grouping releases_grouped;
    releases_grouped.items = 200;
    releases = &settling.add_desk<Put, bool>(releases_grouped, [this](Connection& connection, std::vector<Put>& puts) {
      return call_release(connection, say_of.release, puts);
    });

    renewals = &add_single<std::vector<LeaseRef>, std::vector<LeaseRef>>(
        steering, [this](Connection& connection, const std::vector<LeaseRef>& leases) {
          return call_renew(connection, say_of.renew, options, leases);
        });
    controls = &add_single<Nothing, std::int64_t>(
        steering, [this](Connection& connection, Nothing) { return connection.call(say_of.control, {}).number(0, 0); });
    models = &add_single<Nothing, std::string>(steering, [this](Connection& connection, Nothing) {
      return std::string(connection.call(say_of.models, {}).text(0, 0));
    });
    sweeps = &add_single<Nothing, Swept>(steering, [this](Connection& connection, Nothing) {
      const Swept swept = call_sweep(connection, say_of.sweep, options);
      claim_call.look_at_all();
      return swept;
    });
    words = &add_single<Word, bool>(steering, [this](Connection& connection, const Word& word) {
      stopped = word.state == "stopped";
      call_bye(connection, say_of.bye, options.identity.worker, word.state);
      return true;
    });
  }

  Loop& loop;
  Options options;
  Statements say_of;
  ClaimCall claim_call;
  BeginCall begin_call;
  SettleCall settle_call;
  bool stopped = false;  // lane (c)'s own

  Lane::Desk<queue::CallIntent, queue::BeginAnswer>* begins = nullptr;
  Lane::Desk<LeaseRef, bool>* alone = nullptr;
  Lane::Desk<ClaimCall::Request, queue::Claimed>* claims = nullptr;
  Lane::Desk<SuiteId, std::string>* suites = nullptr;
  Lane::Desk<queue::SealedSettlement, queue::SettleAnswer>* settles = nullptr;
  Lane::Desk<Put, bool>* releases = nullptr;
  Lane::Desk<std::vector<LeaseRef>, std::vector<LeaseRef>>* renewals = nullptr;
  Lane::Desk<Nothing, std::int64_t>* controls = nullptr;
  Lane::Desk<Nothing, std::string>* models = nullptr;
  Lane::Desk<Nothing, Swept>* sweeps = nullptr;
  Lane::Desk<Word, bool>* words = nullptr;

  // The lanes go first when this is destroyed: their threads use what stands above.
  Lane work, settling, steering;
  std::optional<Listener> listener;
};

PostgresJobQueue::PostgresJobQueue(Loop& loop, Options options, telemetry::Log log)
    : parts_(std::make_unique<Parts>(loop, std::move(options), std::move(log))) {}

PostgresJobQueue::~PostgresJobQueue() = default;

Task<Result<queue::Claimed, Outage>> PostgresJobQueue::claim(queue::ClaimRequest request) {
  ClaimCall::Request asked{request, parts_->loop.now(), std::chrono::steady_clock::now()};
  return parts_->claims->ask(asked);
}

Task<Result<queue::BeginAnswer, Outage>> PostgresJobQueue::begin(queue::CallIntent intent) {
  return parts_->begins->ask(std::move(intent));
}

Task<Result<queue::SettleAnswer, Outage>> PostgresJobQueue::settle(queue::SealedSettlement settlement) {
  return parts_->settles->ask(std::move(settlement));
}

Task<Result<std::vector<LeaseRef>, Outage>> PostgresJobQueue::renew(std::vector<LeaseRef> leases) {
  return parts_->renewals->ask(std::move(leases));
}

Task<Result<bool, Outage>> PostgresJobQueue::release(LeaseRef lease, queue::Release how) {
  return parts_->releases->ask(Put{lease, std::move(how)});
}

Task<Result<queue::SettleAnswer, Outage>> PostgresJobQueue::close(LeaseRef lease) {
  queue::Settlement last;
  last.lease = lease;
  last.closes_share = true;
  return parts_->settles->ask(std::move(last));
}

Task<Result<bool, Outage>> PostgresJobQueue::run_alone(LeaseRef lease) {
  return parts_->alone->ask(lease);
}

Task<Result<queue::JobQueue::Swept, Outage>> PostgresJobQueue::sweep() {
  return parts_->sweeps->ask(Nothing{});
}

Task<Result<std::int64_t, Outage>> PostgresJobQueue::control() {
  return parts_->controls->ask(Nothing{});
}

Task<Result<std::string, Outage>> PostgresJobQueue::models() {
  return parts_->models->ask(Nothing{});
}

Task<Result<std::string, Outage>> PostgresJobQueue::suite(SuiteId id) {
  return parts_->suites->ask(id);
}

Task<Result<bool, Outage>> PostgresJobQueue::say(std::string state) {
  return parts_->words->ask(Word{std::move(state)});
}

PostgresJobQueue::Stats PostgresJobQueue::stats() const {
  Stats stats;
  stats.work = parts_->work.stats();
  stats.settle = parts_->settling.stats();
  stats.control = parts_->steering.stats();
  stats.listening = listening();
  const SettleCall::Counters& counters = parts_->settle_call.counters();
  stats.last_resorts = counters.last_resorts;
  stats.late_writes = counters.late_writes;
  stats.escaped = counters.escaped;
  return stats;
}

bool PostgresJobQueue::connected() const {
  const Stats now = stats();
  return now.work.connected && now.settle.connected && now.control.connected;
}

bool PostgresJobQueue::listening() const {
  return parts_->listener && parts_->listener->healthy();
}

}  // namespace assay::postgres
