#include <boost/test/unit_test.hpp>

#include "providers/dialect.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

Deployment deployment(bool is_proxy = false) {
  Deployment deployment;
  deployment.provider = "openai";
  deployment.key = Secret("test-key-0123456789");
  deployment.is_proxy = is_proxy;
  return deployment;
}

http::Failure lost(http::Failure::Kind kind, bool sent, int status = 0, http::Headers headers = {}) {
  return http::Failure{kind, sent, status, std::move(headers), "host test-key-0123456789 went away"};
}

using In = http::Failure::Kind;
using Out = Failure::Kind;

}  // namespace

BOOST_AUTO_TEST_SUITE(transport_failure)

BOOST_AUTO_TEST_CASE(keeps_its_kind_and_may_have_run_once_the_request_had_left) {
  const std::pair<In, Out> kinds[] = {{In::unreachable, Out::unreachable}, {In::timed_out, Out::timed_out},
                                      {In::cut_off, Out::cut_off},         {In::too_large, Out::malformed},
                                      {In::bad_answer, Out::malformed},    {In::cancelled, Out::cancelled}};
  for (const auto& [in, out] : kinds) {
    for (const bool sent : {false, true}) {
      const Failure failure = from_transport(lost(in, sent), deployment());
      BOOST_TEST(to_string(failure.kind) == to_string(out));
      BOOST_TEST(failure.may_have_run == sent);
      BOOST_TEST(failure.provider == "openai");
      BOOST_TEST(failure.detail == "host [redacted] went away");
    }
  }
}

BOOST_AUTO_TEST_CASE(of_our_own_making_never_ran_and_is_the_workers) {
  const Failure failure = from_transport(lost(In::internal, true), deployment());
  BOOST_TEST(to_string(failure.kind) == "internal");
  BOOST_TEST(!failure.may_have_run);
  BOOST_TEST(to_string(failure.source) == "worker");
  BOOST_TEST(to_string(from_transport(lost(In::cancelled, true), deployment()).source) == "worker");
}

BOOST_AUTO_TEST_CASE(is_the_proxys_where_a_proxy_was_asked) {
  BOOST_TEST(to_string(from_transport(lost(In::unreachable, false), deployment(true)).source) == "proxy");
  BOOST_TEST(to_string(from_transport(lost(In::unreachable, false), deployment()).source) == "vendor");
}

BOOST_AUTO_TEST_CASE(inside_an_error_answer_is_that_error) {
  const Failure failure =
      from_transport(lost(In::cut_off, true, 429, {{"retry-after", "3"}, {"x-request-id", "req_1"}}), deployment());
  BOOST_TEST(to_string(failure.kind) == "rate_limited");
  BOOST_TEST(failure.retry_after->count() == 3000);
  BOOST_TEST(failure.request_id == "req_1");
  BOOST_TEST(!failure.may_have_run);
}

BOOST_AUTO_TEST_CASE(inside_an_error_answer_is_that_error_however_it_broke_unless_we_cut_it) {
  for (const In how : {In::cut_off, In::timed_out, In::too_large, In::bad_answer}) {
    const Failure failure = from_transport(lost(how, true, 429), deployment());
    BOOST_TEST(to_string(failure.kind) == "rate_limited");
    BOOST_TEST(!failure.may_have_run);
  }
  const Failure cut = from_transport(lost(In::cancelled, true, 429), deployment());
  BOOST_TEST(to_string(cut.kind) == "cancelled");
  BOOST_TEST(!cut.may_have_run);
  BOOST_TEST(from_transport(lost(In::cancelled, true, 504), deployment()).may_have_run);
  BOOST_TEST(from_transport(lost(In::cancelled, true, 200), deployment()).may_have_run);
}

BOOST_AUTO_TEST_CASE(inside_a_success_was_billed) {
  const Failure failure = from_transport(lost(In::cut_off, true, 200, {{"request-id", "req_2"}}), deployment());
  BOOST_TEST(to_string(failure.kind) == "cut_off");
  BOOST_TEST(failure.may_have_run);
  BOOST_TEST(failure.request_id == "req_2");
}

BOOST_AUTO_TEST_SUITE_END()
