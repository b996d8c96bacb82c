// Every case of tests/data/providers/errors/*.json: an answer that is none, or an event of a stream, and the failure
// that it must become. What a case does not name must be empty or false; "retry" is whether another try may help.
#include <boost/test/unit_test.hpp>

#include "providers/vendor_error.hpp"
#include "tests/unit/providers/cases.hpp"

using namespace assay;
using namespace assay::providers;

namespace {

Deployment deployment_of(json::View view) {
  return cases::deployment(parse_dialect(view["dialect"].string_or("openai")).value(), view);
}

std::optional<Failure> failure_of(json::View given, const Deployment& deployment) {
  if (given["response"]) return failure_from(cases::response(given["response"]), deployment);
  const json::View event = given["event"];
  const std::string_view exception = given["exception"].string_or("");
  const std::string data = event.dump();
  return failure_in_stream({exception, data, !exception.empty()}, event, deployment);
}

void compare(const Failure& failure, json::View expected, const Deployment& deployment) {
  BOOST_TEST(to_string(failure.kind) == expected["kind"].string_or("?"));
  BOOST_TEST(failure.may_have_run == expected["may_have_run"].as_bool().value_or(false), "may_have_run");
  const auto wait = failure.retry_after ? std::to_string(failure.retry_after->count()) : "none";
  const auto wish = expected["retry_after_ms"].as_int64();
  BOOST_TEST(wait == (wish ? std::to_string(*wish) : "none"), "retry_after_ms is " << wait);
  BOOST_TEST(to_string(failure.source) == expected["source"].string_or("vendor"));
  if (expected["retry"]) BOOST_TEST(worth_retrying(failure) == expected["retry"].as_bool().value(), "retry");
  const auto same = [&](std::string_view name, const std::string& found) {
    if (expected[name]) BOOST_TEST(found == expected[name].string_or("?"), name << " is " << found);
  };
  same("vendor_code", failure.vendor_code);
  same("request_id", failure.request_id);
  same("detail", failure.detail);
  const std::string_view words = expected["detail_has"].string_or("");
  BOOST_TEST(failure.detail.find(words) != std::string::npos, "detail is " << failure.detail);
  BOOST_TEST(failure.provider == deployment.provider);
  BOOST_TEST(!failure.detail.empty());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(of_every_vendor_become_what_their_cases_say) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/tests/data/providers/errors")) {
    const json::Document file = cases::load_json(entry.path());
    for (const json::View given : file.root().elements()) {
      BOOST_TEST_CONTEXT(entry.path().stem().string() << ": " << given["name"].string_or("?")) {
        const Deployment deployment = deployment_of(given["deployment"]);

        const auto failure = failure_of(given, deployment);

        BOOST_TEST(failure.has_value() != given["expect"]["none"].exists(), "a failure, or none");
        if (failure) compare(*failure, given["expect"], deployment);
        ++count;
      }
    }
  }
  BOOST_TEST(count >= 280);
}

BOOST_AUTO_TEST_SUITE_END()
