#include "telemetry/health_server.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

using namespace assay;
using namespace assay::telemetry;
using namespace std::chrono_literals;

namespace {

constexpr Instant start{1000s};

/// A server on a port that the system chose, and the values it shows.
struct Clinic {
  Health health{Health::Limits{15s, 15s}, start};
  Metrics metrics;
  Instant now = start;
  HealthServer server{HealthServer::Address{}, health, metrics, [this] { return now; }};

  ProbeAnswer ask(const std::string& path) { return probe(server.url() + path, 10s).value(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(health_server)

BOOST_AUTO_TEST_CASE(listens_on_loopback_at_a_port_it_reports) {
  Clinic clinic;

  BOOST_TEST(clinic.server.port() != 0);
  BOOST_TEST(clinic.server.url() == "http://127.0.0.1:" + std::to_string(clinic.server.port()));
}

BOOST_AUTO_TEST_CASE(answers_whether_the_loop_moves) {
  Clinic clinic;

  const ProbeAnswer alive = clinic.ask("/livez");
  clinic.now = start + 60s;
  const ProbeAnswer stuck = clinic.ask("/livez");

  BOOST_TEST(alive.status == 200);
  BOOST_TEST(alive.body == "{\"status\":\"alive\",\"reasons\":[]}\n");
  BOOST_TEST(stuck.status == 503);
  BOOST_TEST(stuck.body == "{\"status\":\"stuck\",\"reasons\":[\"the event loop has not moved for 60 s\"]}\n");
}

BOOST_AUTO_TEST_CASE(answers_whether_it_can_take_work_with_reasons) {
  Clinic clinic;
  clinic.health.schema_fits();
  clinic.health.database_failed("a \"quoted\" reason");

  const ProbeAnswer before = clinic.ask("/readyz");
  clinic.health.database_answered(start);
  const ProbeAnswer after = clinic.ask("/readyz?verbose");

  BOOST_TEST(before.status == 503);
  BOOST_TEST(before.body == "{\"status\":\"not ready\",\"reasons\":[\"database: a \\\"quoted\\\" reason\"]}\n");
  BOOST_TEST(after.status == 200);
}

BOOST_AUTO_TEST_CASE(answers_whether_the_start_is_complete) {
  Clinic clinic;

  const int before = clinic.ask("/startupz").status;
  clinic.health.started();

  BOOST_TEST(before == 503);
  BOOST_TEST(clinic.ask("/startupz").status == 200);
}

BOOST_AUTO_TEST_CASE(shows_the_metrics) {
  Clinic clinic;
  clinic.metrics.counter(metric::rescues).add(3);

  const ProbeAnswer answer = clinic.ask("/metrics");

  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.body.find("\nassay_rescues_total 3\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(knows_no_other_page) {
  Clinic clinic;

  BOOST_TEST(clinic.ask("/").status == 404);
  BOOST_TEST(clinic.ask("/livez/../etc/passwd").status == 404);
}

BOOST_AUTO_TEST_CASE(says_which_address_it_cannot_have) {
  Clinic first;
  const HealthServer::Address taken{"127.0.0.1", first.server.port()};

  BOOST_CHECK_EXCEPTION(HealthServer(taken, first.health, first.metrics, [] { return start; }), std::runtime_error,
                        [&taken](const std::runtime_error& error) {
                          return std::string(error.what()).find("127.0.0.1:" + std::to_string(taken.port)) !=
                                 std::string::npos;
                        });
}

BOOST_AUTO_TEST_CASE(frees_its_port_when_it_goes) {
  std::uint16_t port = 0;
  {
    Clinic clinic;
    port = clinic.server.port();
  }

  const auto answer = probe("http://127.0.0.1:" + std::to_string(port) + "/livez", 10s);

  BOOST_TEST(!answer.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(health_probe)

BOOST_AUTO_TEST_CASE(refuses_what_is_no_http_url) {
  for (const char* url : {"", "ftp://127.0.0.1/", "https://127.0.0.1/livez", "127.0.0.1:9464", "http://"}) {
    BOOST_TEST(!probe(url, 10s).has_value(), url);
  }
}

BOOST_AUTO_TEST_SUITE_END()
