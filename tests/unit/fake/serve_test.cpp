#include "fake/serve.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <boost/test/unit_test.hpp>

#include <csignal>
#include <deque>
#include <fstream>
#include <sstream>

#include "tests/support/raw_client.hpp"

using namespace assay;
using namespace assay::test;

namespace {

/// A process that serves and tells its port.
struct Child {
  pid_t pid = 0;
  std::uint16_t port = 0;

  Child() {
    int ends[2];
    BOOST_TEST_REQUIRE(pipe(ends) == 0);
    pid = fork();
    if (pid == 0) {
      fake::Options options;
      fake::serve(std::move(options), [&](std::uint16_t at) {
        if (write(ends[1], &at, sizeof at) != sizeof at) _exit(3);
      });
      _exit(0);
    }
    close(ends[1]);
    BOOST_TEST_REQUIRE(read(ends[0], &port, sizeof port) == static_cast<ssize_t>(sizeof port));
    close(ends[0]);
  }

  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid > 0) end(SIGKILL);
  }

  int end(int signal) {
    kill(pid, signal);
    int status = 0;
    waitpid(std::exchange(pid, 0), &status, 0);
    return status;
  }
};

std::string post(const std::string& path, const std::string& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(serving)

BOOST_AUTO_TEST_CASE(serves_until_a_signal_and_ends_well) {
  for (int signal : {SIGTERM, SIGINT}) {
    Child child;
    net::EpollPort port;
    Loop loop(port);
    RawClient client(loop, port, child.port);

    client.send("GET /_fake/stats HTTP/1.1\r\nHost: h\r\n\r\n");
    const int answered = status_of(client.read_answer());
    const int status = child.end(signal);

    BOOST_TEST(answered == 200);
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 0);
  }
}

BOOST_AUTO_TEST_CASE(holds_ten_thousand_open_calls) {
  constexpr std::size_t many = 10'000;
  BOOST_TEST_REQUIRE(net::raise_descriptor_limit() > many + 100, "the machine allows too few descriptors");
  Child child;
  net::EpollPort port;
  Loop loop(port);
  RawClient control(loop, port, child.port);
  const auto ask = [&](const std::string& request) {
    control.send(request);
    return body_of(control.read_answer());
  };
  const auto open = [&] { return ask("GET /_fake/stats HTTP/1.1\r\nHost: h\r\n\r\n"); };
  ask(post("/_fake/script", R"({"default": {"fault": "never"}})"));
  const std::string call = post("/v1/chat/completions", R"({"model":"m","messages":[{"role":"user","content":"x"}]})");

  std::deque<RawClient> clients;
  for (std::size_t i = 0; i < many; ++i) clients.emplace_back(loop, port, child.port).send(call);
  std::string stats;
  for (int i = 0; i < 1000 && stats.find(R"({"open":10000,)") == std::string::npos; ++i) stats = open();
  clients.clear();
  std::string after;
  for (int i = 0; i < 1000 && after.find(R"("aborted":10000,)") == std::string::npos; ++i) after = open();
  child.end(SIGTERM);

  BOOST_TEST(stats.find(R"({"open":10000,)") != std::string::npos);
  BOOST_TEST(after.find(R"("aborted":10000,)") != std::string::npos);
  BOOST_TEST(after.find(R"({"open":0,"peak_open":10000,)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_documented_script_is_one) {
  std::ifstream page(std::string(ASSAY_SOURCE_DIR) + "/docs/fake-provider.md");
  std::stringstream text;
  text << page.rdbuf();
  const std::string all = text.str();
  const std::size_t begin = all.find("    { \"seed\"");
  const std::size_t end = all.find("\n\n", begin);

  const auto script = fake::read_script(std::string_view(all).substr(begin, end - begin));

  BOOST_TEST_REQUIRE(script.has_value(), (script ? "" : script.error()));
  BOOST_TEST(script->rules.size() == 3u);
  BOOST_TEST(script->bills.at(0).cached == 75'000'000);
}

BOOST_AUTO_TEST_SUITE_END()
