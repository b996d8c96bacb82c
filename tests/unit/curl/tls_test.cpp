#include <boost/test/unit_test.hpp>

#include "tests/unit/curl/certificates.hpp"
#include "tests/unit/curl/names.hpp"
#include "tests/unit/curl/world.hpp"

using namespace assay;
using namespace assay::test;

namespace {

struct Fixture : World {
  curl::Settings trusting() const {
    curl::Settings settings;
    settings.ca_file = authority.certificate();
    return settings;
  }

  /// What comes of asking a server that shows `files`.
  Outcome ask(const Authority::Files& files, const curl::Settings& settings) {
    RawServer server(always("ok"), files.certificate, files.key);
    http::Request request = a_post(server.url());
    request.secrets.push_back({"Authorization", "Bearer ", Secret("sk-1")});
    return send(std::move(request), settings);
  }

  Authority authority;
};

void expect_refusal(const Outcome& outcome) {
  BOOST_TEST(failed_as(outcome, Failure::Kind::unreachable), text_of(outcome));
  if (!outcome) BOOST_TEST(!outcome.error().sent);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls, Fixture)

BOOST_AUTO_TEST_CASE(a_certificate_of_the_named_authority_is_taken) {
  const Outcome outcome = ask(authority.sign("IP:127.0.0.1"), trusting());
  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST(outcome->body == "ok");
}

BOOST_AUTO_TEST_CASE(a_self_signed_one_is_refused) {
  expect_refusal(ask(authority.self_signed("IP:127.0.0.1"), trusting()));
  expect_refusal(ask(authority.self_signed("IP:127.0.0.1"), {}));
}

BOOST_AUTO_TEST_CASE(an_authority_that_was_not_named_is_refused) {
  expect_refusal(ask(authority.sign("IP:127.0.0.1"), {}));
}

BOOST_AUTO_TEST_CASE(another_hosts_is_refused) {
  expect_refusal(ask(authority.sign("IP:127.0.0.2"), trusting()));
  expect_refusal(ask(authority.sign("DNS:example.test"), trusting()));
}

BOOST_AUTO_TEST_CASE(an_expired_one_is_refused) {
  expect_refusal(ask(authority.sign("IP:127.0.0.1", -60), trusting()));
}

BOOST_AUTO_TEST_CASE(an_authority_file_that_is_not_there_is_refused) {
  curl::Settings settings;
  settings.ca_file = authority.certificate() + ".gone";
  expect_refusal(ask(authority.sign("IP:127.0.0.1"), settings));
}

BOOST_AUTO_TEST_CASE(a_server_that_speaks_no_tls_is_refused) {
  RawServer server([](RawServer::Connection& connection) { connection.write(answer(200, "plain")); });
  expect_refusal(send(a_post("https://127.0.0.1:" + std::to_string(server.port()) + "/"), trusting()));
}

BOOST_AUTO_TEST_CASE(a_kept_connection_is_not_shared_between_names) {
  const Names names;
  const auto files = authority.sign("DNS:right.assay");
  RawServer server(always("ok"), files.certificate, files.key);
  curl::CurlTransport transport(loop, port, trusting());
  const auto at = [&](const std::string& host) {
    return send(transport, a_post("https://" + host + ":" + std::to_string(server.port()) + "/"));
  };
  const Outcome right = at("right.assay");
  BOOST_TEST(right.has_value(), text_of(right));
  expect_refusal(at("wrong.assay"));
  BOOST_TEST(at("right.assay").has_value());
  BOOST_TEST(transport.stats().connections_opened == 1u);
}

BOOST_AUTO_TEST_CASE(large_bodies_pass_both_ways) {
  const auto files = authority.sign("IP:127.0.0.1");
  std::atomic<std::size_t> came = 0;
  RawServer server(
      [&](RawServer::Connection& connection) {
        const auto request = connection.request();
        came = request ? request->size() : 0;
        connection.write(answer(200, std::string(3 << 20, 'y')));
      },
      files.certificate, files.key);
  const Outcome outcome = send(a_post(server.url(), std::string(3 << 20, 'x')), trusting());
  BOOST_REQUIRE_MESSAGE(outcome, text_of(outcome));
  BOOST_TEST(outcome->body.size() == 3u << 20);
  BOOST_TEST(came > 3u << 20);
}

BOOST_AUTO_TEST_SUITE_END()
