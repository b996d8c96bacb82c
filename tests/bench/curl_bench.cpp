// What a request costs on the curl transport: keep-alive POSTs of one chat completion at a fixed number in flight.
//   curl_bench [in_flight=64] [requests=40000] [url=http://…] [per_handle=]
// Without a URL it starts a server of its own in a second process. Connections are made before the clock starts.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "curl/curl_transport.hpp"
#include "net/http_server.hpp"
#include "net/socket.hpp"
#include "runtime/scope.hpp"

using namespace assay;

namespace {

struct Figures {
  double wall = 0, cpu = 0;
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

Figures figures_now(Loop& loop) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return {std::chrono::duration<double>(loop.measure().time_since_epoch()).count(),
          seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

double resident_mb() {
  long size = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return static_cast<double>(resident * sysconf(_SC_PAGESIZE)) / 1048576.0;
}

/// A question of about 1.1 KB and an answer of about 2 KB, as a chat completion has.
std::string question() {
  return R"({"model":"mock-1","messages":[{"role":"user","content":")" + std::string(1040, 'q') + "\"}]}";
}
std::string reply() {
  return R"({"choices":[{"message":{"content":")" + std::string(1900, 'a') + "\"}}]}";
}

struct Run {
  Loop& loop;
  curl::CurlTransport& transport;
  std::string url;
  long to_begin = 0, answered = 0, failed = 0;
};

Task<> lane(Run& run, long most) {
  while (run.to_begin > 0 && most-- > 0) {
    --run.to_begin;
    http::Request request("POST", run.url);
    request.headers = {{"Content-Type", "application/json"}};
    request.secrets.push_back({"Authorization", "Bearer ", Secret("sk-bench")});
    request.body = question();
    const Deadline deadline{run.loop.now() + std::chrono::seconds(60)};
    const auto response = co_await run.transport.send(std::move(request), deadline);
    if (response && response->status == 200) {
      ++run.answered;
    } else if (++run.failed == 1) {
      std::fprintf(stderr, "first failure: %s\n", response ? "status" : response.error().detail.c_str());
    }
  }
}

Task<> all_lanes(Run& run, long lanes, long most_each) {
  Scope scope(run.loop, co_await current_stop());
  for (long i = 0; i < lanes; ++i) scope.start(lane(run, most_each));
  co_await scope.join();
}

Task<net::ServerResponse> answer(net::ServerRequest) {
  co_return net::ServerResponse(200, "application/json", reply());
}

/// Serves in a child of its own and tells the port through `out`; never returns.
[[noreturn]] void serve(int out) {
  net::EpollPort port;
  Loop loop(port);
  net::HttpServer server(loop, port, {}, net::answering(answer));
  const std::uint16_t number = server.port();
  if (write(out, &number, sizeof number) != sizeof number) std::_Exit(1);
  loop.run(server.run());
  std::_Exit(0);
}

pid_t start_server(std::string& url) {
  int ends[2];
  if (pipe(ends) != 0) std::exit(1);
  const pid_t child = fork();
  if (child == 0) serve(ends[1]);
  std::uint16_t number = 0;
  if (read(ends[0], &number, sizeof number) != sizeof number) std::exit(1);
  url = "http://127.0.0.1:" + std::to_string(number) + "/v1/chat/completions";
  return child;
}

void measure(long in_flight, long requests, const std::string& url, std::size_t per_handle) {
  net::EpollPort port;
  Loop loop(port);
  curl::Settings settings;
  settings.connections_per_host = 12'000;
  if (per_handle > 0) settings.transfers_per_handle = per_handle;
  curl::CurlTransport transport(loop, port, settings);
  Run run{loop, transport, url};

  run.to_begin = in_flight;
  loop.run(all_lanes(run, in_flight, 1));
  const long warm = run.answered;
  run.to_begin = requests;
  const Figures before = figures_now(loop);
  loop.run(all_lanes(run, in_flight, requests));
  const Figures after = figures_now(loop);

  const auto done = static_cast<double>(run.answered - warm);
  std::printf(
      "curl in_flight=%ld: %.0f req/s cpu_us/req=%.1f cores=%.2f failed=%ld connections=%lu handles=%lu rss_mb=%.0f\n",
      in_flight, done / (after.wall - before.wall), (after.cpu - before.cpu) / done * 1e6,
      (after.cpu - before.cpu) / (after.wall - before.wall), run.failed,
      static_cast<unsigned long>(transport.stats().connections_opened),
      static_cast<unsigned long>(transport.stats().multi_handles), resident_mb());
}

}  // namespace

int main(int count, char** words) {
  std::map<std::string, std::string> given;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto sign = word.find('=');
    if (sign != word.npos) given[word.substr(0, sign)] = word.substr(sign + 1);
  }
  const auto number = [&](const char* name, long otherwise) {
    return given.count(name) != 0 ? std::stol(given[name]) : otherwise;
  };
  net::raise_descriptor_limit();
  std::string url = given["url"];
  const pid_t server = url.empty() ? start_server(url) : 0;
  measure(number("in_flight", 64), number("requests", 40'000), url, static_cast<std::size_t>(number("per_handle", 0)));
  if (server > 0) {
    kill(server, SIGKILL);
    waitpid(server, nullptr, 0);
  }
  return 0;
}
