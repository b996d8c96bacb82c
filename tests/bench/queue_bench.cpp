// What the queue costs without HTTP: claim, begin and settle every cell through PostgresJobQueue, on a database of its
// own.
//
//   queue_bench [url=…] [cells=20000] [per_job=1] [in_flight=1000] [rounds=1]
//
// Prints one `name: figure` line each. CPU of Postgres is that of the whole cluster, dead processes included, so
// nothing else may run on it. `url` defaults to ASSAY_TEST_DATABASE_URL; the user may create databases and the cluster
// runs here.
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include "net/epoll_port.hpp"
#include "postgres/migrator.hpp"
#include "postgres/postgres_job_queue.hpp"
#include "postgres/url.hpp"
#include "runtime/scope.hpp"
#include "runtime/wait.hpp"

using namespace assay;

namespace {

struct Arguments {
  std::map<std::string, std::string> words;
  Arguments(int count, char** values) {
    for (int i = 1; i < count; ++i) {
      if (const char* equals = std::strchr(values[i], '='))
        words[std::string(values[i], static_cast<std::size_t>(equals - values[i]))] = equals + 1;
    }
  }
  std::int32_t number(const std::string& name, std::int32_t otherwise) const {
    const auto found = words.find(name);
    return found == words.end() ? otherwise : std::atoi(found->second.c_str());
  }
};

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double own_cpu() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Fields of /proc/<pid>/stat after the name; [1] is the parent, [11] to [14] are CPU ticks, the last two of dead
/// children.
std::vector<std::string> stat_of(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  std::vector<std::string> fields;
  std::istringstream words(text.substr(std::min(text.size(), text.rfind(')') + 1)));
  for (std::string word; words >> word;) fields.push_back(word);
  fields.resize(std::max<std::size_t>(fields.size(), 16), "0");
  return fields;
}

double ticks(const std::vector<std::string>& fields, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t i = from; i <= to; ++i) sum += std::atof(fields[i].c_str());
  return sum / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double cluster_cpu(const std::string& postmaster) {
  double sum = ticks(stat_of(postmaster), 11, 14);
  std::ifstream children("/proc/" + postmaster + "/task/" + postmaster + "/children");
  for (std::string child; children >> child;) sum += ticks(stat_of(child), 11, 12);
  return sum;
}

/// Word-like text, which compresses about as well as English.
std::string prose(std::size_t size) {
  static const char* const words[] = {"the ",   "answer ",  "model ",   "returns ", "a ",
                                      "value ", "between ", "capital ", "Paris ",   "which "};
  Random random(7);
  std::string text;
  while (text.size() < size)
    text += words[random.below(10)] + std::string(1, static_cast<char>('a' + random.below(26))) + ' ';
  text.resize(size);
  return text;
}

constexpr const char* details =
    R"([{"type":"contains","passed":true,"expected":"Paris","found":"… Paris"},{"type":"length-less-than","passed":true,"expected":"10000","found":"1600"},{"type":"is-json","passed":true},{"type":"regex","passed":true,"expected":"^[A-Z]","found":"The"}])";

class Bench {
 public:
  Bench(const std::string& url, std::int32_t cells, std::int32_t per_job, std::int32_t in_flight)
      : cells_(cells),
        per_job_(per_job),
        admin_url_(url),
        name_("assay_bench_" + std::to_string(getpid())),
        slots_(loop_, static_cast<std::size_t>(in_flight)) {
    admin_ = connect(url);
    admin_->run("create database " + name_);
    postgres::Migrator::Options how;
    how.url = postgres::with_database(url, name_);
    postgres::Migrator(how).up();
    database_ = connect(how.url);
    postmaster_ = stat_of(std::to_string(database_->run("select pg_backend_pid()").number(0, 0)))[1];
    enqueue();
  }
  ~Bench() {
    queue_.reset();
    database_.reset();
    admin_->run("drop database " + name_ + " with (force)");
  }

  void run() {
    postgres::PostgresJobQueue::Options options;
    options.url = postgres::with_database(admin_url_, name_);
    options.identity.worker = "bench";
    options.listen = false;
    queue_ = std::make_unique<postgres::PostgresJobQueue>(loop_, options, telemetry::Log::none());
    while (!queue_->connected()) {
    }
    const double began = seconds_now(), own = own_cpu(), theirs = cluster_cpu(postmaster_);
    loop_.run(work());
    const double took = seconds_now() - began, own_used = own_cpu() - own,
                 theirs_used = cluster_cpu(postmaster_) - theirs;
    report(took, own_used, theirs_used);
    check();
  }

 private:
  static std::unique_ptr<postgres::Connection> connect(const std::string& url) {
    postgres::Connection::Options how;
    how.url = url;
    how.statement_timeout = std::chrono::minutes(10);
    return std::make_unique<postgres::Connection>(how);
  }

  void enqueue() {
    const std::string models = "to_jsonb(array['openai/gpt-4o-mini'])";
    database_->run(
        "select assay.put_suite('{\"name\": \"bench\", \"prompt\": \"p\", \"cases\": [{\"title\": \"t\", \"input\": "
        "\"i\"}]}'::text)");
    for (std::int32_t left = cells_ / per_job_; left > 0; left -= 1000) {
      database_->run("select assay.enqueue_jobs((select jsonb_agg(jsonb_build_object('suite', 1, 'models', " + models +
                     ", 'repeats', " + std::to_string(per_job_) + ")) from generate_series(1, " +
                     std::to_string(std::min(left, 1000)) + ")))");
    }
    database_->run("vacuum analyze");
    database_->run("checkpoint");
  }

  Task<> work() {
    Scope shares(loop_, co_await current_stop());
    for (std::int32_t claimed = 0; claimed < cells_ / per_job_;) {
      queue::ClaimRequest request;
      request.shares = 100;
      std::vector<Semaphore::Permit> room;  // a claim is worth its price when a hundred slots are free
      for (int slot = 0; slot < 100; ++slot) room.push_back(co_await slots_.acquire());
      room.clear();
      request.cells = static_cast<std::int32_t>(std::min<std::size_t>(slots_.free(), 200));
      const auto answer = co_await queue_->claim(request);
      if (!answer) throw std::runtime_error(answer.error().detail);
      for (const Lease& lease : answer->leases) {
        ++claimed;
        const auto last = std::make_shared<std::int32_t>(lease.count);
        for (const CellNumber cell : open_cells(lease)) {
          Semaphore::Permit permit = co_await slots_.acquire();
          shares.start(run_cell(lease, cell, std::move(permit), last));
        }
      }
    }
    co_await shares.join();
  }

  Task<> run_cell(Lease lease, CellNumber cell, [[maybe_unused]] Semaphore::Permit permit,
                  std::shared_ptr<std::int32_t> open) {
    queue::CallIntent intent;
    intent.lease = lease.ref();
    intent.id = CallId{lease.terms->job, cell, 1};
    intent.provider = "openai";
    intent.model = "gpt-4o-mini";
    intent.request_hash = std::string(16, 'h');
    intent.price = R"({"input": 150000000, "output": 600000000})";
    intent.bound = Money::nanos(100'000);
    const auto begun = co_await queue_->begin(std::move(intent));
    if (!begun || *begun != queue::BeginAnswer::granted) throw std::runtime_error("not granted");

    queue::Settlement settlement;
    settlement.lease = lease.ref();
    settlement.result = result_for(cell);
    settlement.closes_share = --*open == 0;
    auto settling = queue_->settle(std::move(settlement));
    const auto settled = co_await settling;
    if (!settled || *settled != queue::SettleAnswer::stored) throw std::runtime_error("not stored");
  }

  CellResult result_for(CellNumber cell) const {
    CellResult result;
    result.cell = cell;
    result.seq = 1;
    result.verdict = Verdict::pass;
    result.score = 1;
    result.requested_model = "openai/gpt-4o-mini";
    result.provider = "openai";
    result.completion.text = text_;
    result.completion.finish_reason = FinishReason::stop;
    result.completion.served_model = "gpt-4o-mini-2024-07-18";
    result.completion.request_id = "chatcmpl-0123456789";
    result.completion.usage.source = UsageSource::provider;
    result.completion.usage.input = 57;
    result.completion.usage.output = 400;
    result.completion.usage.raw = R"({"prompt_tokens":57,"completion_tokens":400,"total_tokens":457})";
    result.cost = Money::nanos(12'345);
    result.details = details;
    result.timings.provider = std::chrono::milliseconds(50);
    return result;
  }

  void report(double took, double own, double theirs) const {
    const postgres::PostgresJobQueue::Stats stats = queue_->stats();
    const auto per_cell = [&](double seconds) { return seconds * 1e6 / cells_; };
    const auto average = [](std::uint64_t errands, std::uint64_t groups) {
      return static_cast<double>(errands) / static_cast<double>(std::max<std::uint64_t>(1, groups));
    };
    const std::string label = "queue, " + std::to_string(per_job_) + (per_job_ == 1 ? " cell" : " cells") + " per job";
    std::printf("%s: %.0f cells/s\n", label.c_str(), cells_ / took);
    std::printf("%s, Postgres CPU: %.1f us per cell\n", label.c_str(), per_cell(theirs));
    std::printf("%s, worker CPU: %.1f us per cell\n", label.c_str(), per_cell(own));
    std::printf("%s, settles per statement: %.0f\n", label.c_str(), average(stats.settle.errands, stats.settle.groups));
    std::printf("%s, begins and claims per statement: %.0f\n", label.c_str(),
                average(stats.work.errands, stats.work.groups));
  }

  void check() {
    const postgres::Rows stored = database_->run("select count(*) from assay_private.result");
    const postgres::Rows bad = database_->run("select coalesce(sum(violations), 0)::bigint from assay.verify()");
    if (stored.number(0, 0) != cells_ || bad.number(0, 0) != 0)
      throw std::runtime_error("the database does not hold what was sent");
  }

  std::int32_t cells_, per_job_;
  std::string admin_url_, name_, postmaster_;
  std::string text_ = prose(1600);
  std::unique_ptr<postgres::Connection> admin_, database_;
  net::EpollPort port_;
  Loop loop_{port_};
  Semaphore slots_;
  std::unique_ptr<postgres::PostgresJobQueue> queue_;
};

}  // namespace

int main(int count, char** values) {
  const Arguments arguments(count, values);
  const char* const environment = std::getenv("ASSAY_TEST_DATABASE_URL");
  const auto given = arguments.words.find("url");
  const std::string url = given != arguments.words.end() ? given->second : environment != nullptr ? environment : "";
  if (url.empty()) {
    std::fprintf(stderr, "queue_bench: give url=… or set ASSAY_TEST_DATABASE_URL\n");
    return 2;
  }
  try {
    for (std::int32_t round = 0; round < arguments.number("rounds", 1); ++round) {
      Bench bench(url, arguments.number("cells", 20'000), arguments.number("per_job", 1),
                  arguments.number("in_flight", 1000));
      bench.run();
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "queue_bench: %s\n", error.what());
    return 5;
  }
  return 0;
}
