#include <boost/test/unit_test.hpp>

#include "json/document.hpp"
#include "tests/support/engine_world.hpp"

using namespace assay;
using namespace assay::testing;
using namespace std::chrono_literals;

namespace {

/// What a worker writes on the wire for one cell.
struct Wire : EngineWorld {
  http::Request request_of(Order order, const std::string& defaults = "") {
    const JobId job = enqueue(std::move(order), {"[]"}, defaults.empty() ? "" : "\"defaults\":" + defaults + ",");
    Process& one = start();
    finish(job);
    BOOST_REQUIRE_EQUAL(one.line.calls().size(), 1u);
    return one.line.calls().front().request;
  }
  static json::Document body_of(const http::Request& request) {
    auto parsed = json::parse(request.body, json::Limits::foreign());
    BOOST_REQUIRE(parsed.has_value());
    return std::move(*parsed);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(plan)

BOOST_FIXTURE_TEST_CASE(the_prompt_is_the_system_message_and_the_input_the_user_s, Wire) {
  const json::Document body = body_of(request_of(of({"gpt-test"})));

  BOOST_TEST(body.root()["messages"].at(0)["content"].string_or("") == "You know capitals.");
  BOOST_TEST(body.root()["messages"].at(1)["content"].string_or("") == "Capital of France?");
}

BOOST_FIXTURE_TEST_CASE(tests_run_at_temperature_zero_with_4096_tokens_unless_somebody_says_otherwise, Wire) {
  const json::Document body = body_of(request_of(of({"gpt-test"})));

  BOOST_TEST(body.root()["temperature"].as_double().value() == 0.0);
  BOOST_TEST(body.root()["max_tokens"].as_int64().value() == 4096);
  BOOST_TEST(!body.root()["top_p"].exists());
  BOOST_TEST(!body.root()["seed"].exists());
}

BOOST_FIXTURE_TEST_CASE(the_suite_s_defaults_come_before_the_worker_s, Wire) {
  const json::Document body = body_of(request_of(of({"gpt-test"}), R"({"temperature":0.3,"max_tokens":50,"seed":7})"));

  BOOST_TEST(body.root()["temperature"].as_double().value() == 0.3);
  BOOST_TEST(body.root()["max_tokens"].as_int64().value() == 50);
  BOOST_TEST(body.root()["seed"].as_int64().value() == 7);
}

BOOST_FIXTURE_TEST_CASE(the_job_s_wishes_come_before_the_suite_s_field_by_field, Wire) {
  Order order = of({"gpt-test"});
  order.sampling.temperature = 0.9;
  order.sampling.stop = {"END"};

  const json::Document body = body_of(request_of(order, R"({"temperature":0.3,"max_tokens":50,"stop":["STOP"]})"));

  BOOST_TEST(body.root()["temperature"].as_double().value() == 0.9);
  BOOST_TEST(body.root()["max_tokens"].as_int64().value() == 50);
  BOOST_TEST(body.root()["stop"].at(0).string_or("") == "END");
}

BOOST_FIXTURE_TEST_CASE(the_call_s_id_and_the_job_s_trace_travel_with_it, Wire) {
  Order order = of({"gpt-test"});
  order.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  const http::Request request = request_of(order);

  BOOST_TEST(http::find_header(request.headers, "X-Request-ID").value() == "1.0.1");
  BOOST_TEST(http::find_header(request.headers, "traceparent").value() == order.traceparent);
}

BOOST_FIXTURE_TEST_CASE(a_call_has_a_row_with_its_hash_price_and_bound_before_it_is_sent, Wire) {
  bool seen = false;
  vendor = [&](const ScriptedTransport::Call& call) {
    const auto row = store.calls().find(CallId{JobId(1), CellNumber(0), 1});
    BOOST_REQUIRE(row != store.calls().end());
    BOOST_TEST(row->second.intent.request_hash.size() == 16u);
    BOOST_TEST(row->second.intent.price.find("gpt-test") != std::string::npos);
    BOOST_TEST((row->second.intent.bound.value().nanos() == static_cast<std::int64_t>(call.request.body.size()) * 1'000 + 4096 * 2'000));
    seen = true;
    return says("Paris");
  };

  request_of(of({"gpt-test"}));

  BOOST_TEST(seen);
}

BOOST_AUTO_TEST_SUITE_END()
