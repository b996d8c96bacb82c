#include <boost/test/unit_test.hpp>

#include <sys/epoll.h>
#include <unistd.h>

#include <vector>

#include "curl/sockets.hpp"

using namespace assay;

namespace {

struct Ear final : net::EpollPort::Watcher {
  void on_events(int fd, std::uint32_t) override { heard.push_back(fd); }
  std::vector<int> heard;
};

struct Pipe {
  Pipe() { BOOST_REQUIRE(pipe(ends) == 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() { hang_up(); }
  void say() { BOOST_REQUIRE(write(ends[1], "x", 1) == 1); }
  void hang_up() {
    for (int& end : ends) {
      if (end >= 0) close(end);
      end = -1;
    }
  }
  int ends[2];
};

}  // namespace

BOOST_AUTO_TEST_SUITE(sockets)

BOOST_AUTO_TEST_CASE(a_descriptor_that_curl_closes_itself_is_heard_again_under_its_old_number) {
  net::EpollPort port;
  curl::Stats stats;
  curl::Sockets sockets(port, stats);
  Ear ear;
  int number = -1;
  {
    const Pipe resolver;
    number = resolver.ends[0];
    sockets.want(number, EPOLLIN, ear);
    sockets.want(number, 0, ear);
  }
  Pipe next;
  BOOST_REQUIRE(next.ends[0] == number);

  sockets.want(number, EPOLLIN, ear);
  next.say();
  port.wait(port.now() + std::chrono::seconds(20));

  BOOST_TEST(ear.heard == std::vector<int>{number}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
