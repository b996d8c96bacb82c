// Enqueues jobs at a steady rate and is the provider they call, so that one clock sees both ends of each.
//   pickup_bench [rate=100] [group=1] [seconds=10] [latency_ms=0]     jobs a second, in transactions of `group` jobs
// DATABASE_URL names a database with suite 1. It prints its URL, waits for a line on standard input (the worker is
// ready), and prints p50 / p99 in ms from the moment before the enqueue was sent, and after its commit was known, to
// the request.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "net/http_server.hpp"
#include "net/socket.hpp"
#include "postgres/connection.hpp"
#include "runtime/scope.hpp"
#include "runtime/wait.hpp"

using namespace assay;

namespace {

using Clock = std::chrono::steady_clock;
using Times = std::map<std::int64_t, Clock::time_point>;  // by job

struct Load {
  long rate = 100, group = 1, seconds = 10;
  Duration latency{};
  long jobs() const { return rate * seconds / group * group; }
};

/// Written by the producer's thread; read after it has ended.
struct Sent {
  Times before, after;
};

/// In order, from the first moment on: a slow commit makes the next ones late, not fewer.
void produce(const Load& load, const std::string& url, Sent& sent) {
  postgres::Connection::Options options;
  options.url = url;
  postgres::Connection connection(options);
  const std::string statement =
      "select unnest(assay.enqueue_jobs((select jsonb_agg('{\"suite\": 1, \"models\": [\"gpt-4o-mini\"]}'::jsonb) from "
      "generate_series(1, " +
      std::to_string(load.group) + "))))";
  const auto pause = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(static_cast<double>(load.group) / static_cast<double>(load.rate)));
  auto due = Clock::now();
  for (long i = 0; i < load.jobs(); i += load.group, due += pause) {
    std::this_thread::sleep_until(due);
    const auto before = Clock::now();
    const postgres::Rows rows = connection.run(statement);
    const auto after = Clock::now();
    for (int row = 0; row < rows.size(); ++row) {
      sent.before[rows.number(row, 0)] = before;
      sent.after[rows.number(row, 0)] = after;
    }
  }
}

/// Answers calls, and notes when each job's came.
class Provider {
 public:
  Provider(Loop& loop, const Load& load) : loop_(loop), load_(load), all_here_(loop) {}

  Task<net::ServerResponse> answer(net::ServerRequest request) {
    came_[std::atoll(std::string(request.header("X-Request-ID").value_or("")).c_str())] = loop_.measure();
    if (static_cast<long>(came_.size()) == load_.jobs()) all_here_.notify();
    if (load_.latency > Duration::zero()) co_await sleep_for(loop_, load_.latency);
    co_return net::ServerResponse(200, "application/json", body_);
  }
  Task<> all_here() {
    while (static_cast<long>(came_.size()) < load_.jobs()) co_await all_here_.wait(Deadline::never());
    co_await sleep_for(loop_, std::chrono::seconds(1));  // the last answers leave
  }
  const Times& came() const { return came_; }

 private:
  Loop& loop_;
  const Load& load_;
  Signal all_here_;
  Times came_;
  const std::string body_ =
      R"({"id":"1","object":"chat.completion","created":1700000000,"model":"gpt-4o-mini","choices":[{"index":0,"message":{"role":"assistant","content":")" +
      std::string(1600, 'a') +
      R"("},"finish_reason":"stop"}],"usage":{"prompt_tokens":57,"completion_tokens":400,"total_tokens":457}})";
};

Task<> serve(net::HttpServer& server, Provider& provider, Loop& loop) {
  Scope scope(loop, co_await current_stop());
  scope.start(server.run());
  co_await provider.all_here();
  server.drain();
  scope.request_stop(StopReason::draining);
  co_await scope.join();
}

void print(const char* word, const Times& from, const Times& to) {
  std::vector<double> waits;
  for (const auto& [job, at] : from) {
    const auto came = to.find(job);
    if (came != to.end()) waits.push_back(std::chrono::duration<double, std::milli>(came->second - at).count());
  }
  std::sort(waits.begin(), waits.end());
  const auto at = [&](double share) {
    return waits.empty() ? 0.0 : waits[static_cast<std::size_t>(share * static_cast<double>(waits.size() - 1))];
  };
  std::printf("%s %.2f / %.2f\n", word, at(0.5), at(0.99));
}

Load load_of(int count, char** words) {
  std::map<std::string, long> given{{"rate", 100}, {"group", 1}, {"seconds", 10}, {"latency_ms", 0}};
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto sign = word.find('=');
    if (sign != word.npos) given[word.substr(0, sign)] = std::stol(word.substr(sign + 1));
  }
  return {given["rate"], given["group"], given["seconds"], std::chrono::milliseconds(given["latency_ms"])};
}

}  // namespace

int main(int count, char** words) {
  const Load load = load_of(count, words);
  const char* url = std::getenv("DATABASE_URL");
  if (url == nullptr) return 2;
  net::EpollPort port;
  Loop loop(port);
  Provider provider(loop, load);
  net::HttpServer server(
      loop, port, {}, net::answering([&](net::ServerRequest request) { return provider.answer(std::move(request)); }));
  std::printf("http://127.0.0.1:%u\n", static_cast<unsigned>(server.port()));
  std::fflush(stdout);

  std::string go;
  std::getline(std::cin, go);  // nobody calls before the first enqueue
  Sent sent;
  std::thread producer([&] {
    try {
      produce(load, url, sent);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      std::_Exit(1);
    }
  });
  loop.run(serve(server, provider, loop));
  producer.join();
  print("before", sent.before, provider.came());
  print("after", sent.after, provider.came());
  return 0;
}
