// What an operator says reaches the part that it is meant for, each setting by itself.
#include "worker/map_settings.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "config/load.hpp"

using namespace assay;

namespace {

config::Settings settings_of(const std::vector<std::string>& sets) {
  config::Sources sources;
  sources.sets = sets;
  const auto loaded = config::load(sources);
  BOOST_REQUIRE_MESSAGE(loaded.has_value(), source::to_text(loaded ? std::vector<source::Fault>() : loaded.error()));
  return loaded->settings;
}

template <class Period>
std::int64_t in_ms(std::chrono::duration<std::int64_t, Period> duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

/// A setting, another value than its default, and where it must arrive.
struct Way {
  const char* set;
  std::int64_t (*arrived)(const engine::Settings&);
  std::int64_t value;

  friend std::ostream& operator<<(std::ostream& stream, const Way& way) { return stream << way.set; }
};

const std::vector<Way> ways{
    {"worker.slots=7", [](const engine::Settings& s) -> std::int64_t { return s.slots; }, 7},
    {"worker.claim_batch=9", [](const engine::Settings& s) -> std::int64_t { return s.claim_batch; }, 9},
    {"worker.cutoff=31s", [](const engine::Settings& s) { return in_ms(s.cutoff); }, 31'000},
    {"worker.renewal=11s", [](const engine::Settings& s) { return in_ms(s.renew_every); }, 11'000},
    {"worker.control=300ms", [](const engine::Settings& s) { return in_ms(s.control_every); }, 300},
    {"worker.sweep=7s", [](const engine::Settings& s) { return in_ms(s.sweep_every); }, 7'000},
    {"worker.poll=20ms", [](const engine::Settings& s) { return in_ms(s.poll); }, 20},
    {"worker.poll_listening=21s", [](const engine::Settings& s) { return in_ms(s.poll_hinted); }, 21'000},
    {"worker.grace=41s", [](const engine::Settings& s) { return in_ms(s.grace); }, 41'000},
    {"worker.grace_margin=3s", [](const engine::Settings& s) { return in_ms(s.grace_margin); }, 3'000},
    {"retry.max_calls=4", [](const engine::Settings& s) -> std::int64_t { return s.retry.calls; }, 4},
    {"retry.backoff=250ms", [](const engine::Settings& s) { return in_ms(s.retry.backoff); }, 250},
    {"retry.backoff_cap=9s", [](const engine::Settings& s) { return in_ms(s.retry.backoff_cap); }, 9'000},
    {"retry.wait_in_place=5s", [](const engine::Settings& s) { return in_ms(s.retry.in_place); }, 5'000},
    {"retry.wait_cap=2h", [](const engine::Settings& s) { return in_ms(s.retry.wake_cap); }, 7'200'000},
    {"timeouts.total=90s", [](const engine::Settings& s) { return in_ms(s.call_timeout); }, 90'000},
    {"timeouts.first_token=12s", [](const engine::Settings& s) { return in_ms(s.first_token_timeout); }, 12'000},
    {"timeouts.stall=13s", [](const engine::Settings& s) { return in_ms(s.stall_timeout); }, 13'000},
    {"limits.response_body=2MiB", [](const engine::Settings& s) { return static_cast<std::int64_t>(s.response_bytes); },
     2 << 20},
    {"limits.stored_text=3KiB",
     [](const engine::Settings& s) { return static_cast<std::int64_t>(s.stored_text_bytes); }, 3 << 10},
    {"limits.stored_raw=5KiB", [](const engine::Settings& s) { return static_cast<std::int64_t>(s.stored_raw_bytes); },
     5 << 10},
    {"limits.heavy_answer=6KiB", [](const engine::Settings& s) { return static_cast<std::int64_t>(s.heavy_bytes); },
     6 << 10},
    {"defaults.max_tokens=77", [](const engine::Settings& s) { return s.default_max_tokens; }, 77},
    {"defaults.temperature=1.5",
     [](const engine::Settings& s) { return static_cast<std::int64_t>(s.default_temperature * 10); }, 15},
    {"defaults.stream=true", [](const engine::Settings& s) -> std::int64_t { return s.stream ? 1 : 0; }, 1},
    {"judge.javascript=sandboxed",
     [](const engine::Settings& s) -> std::int64_t { return s.suite_bounds.scripts ? 1 : 0; }, 1}};

}  // namespace

BOOST_AUTO_TEST_SUITE(map_settings)

BOOST_DATA_TEST_CASE(a_setting_reaches_the_engine, boost::unit_test::data::make(ways), way) {
  const engine::Settings before = engine_settings(settings_of({}));

  const engine::Settings after = engine_settings(settings_of({way.set}));

  BOOST_TEST(way.arrived(after) == way.value);
  BOOST_TEST(way.arrived(before) != way.value, "the default is no other value");
}

BOOST_AUTO_TEST_CASE(a_connect_timeout_reaches_the_transport) {
  BOOST_TEST(in_ms(transport_settings(settings_of({"timeouts.connect=1s"})).connect_timeout) == 1'000);
}

BOOST_AUTO_TEST_CASE(every_secret_of_a_configuration_is_known_to_the_log) {
  const config::Settings settings =
      settings_of({"database_url=canary-1", "direct_url=canary-2", "providers.openai.api_key=canary-3",
                   "providers.bedrock.secret_key=canary-4", "providers.bedrock.session_token=canary-5",
                   "providers.bedrock.region=us-east-1", "providers.corp.base_url=http://corp",
                   "providers.corp.headers.X-Team=canary-6", "proxy.base_url=http://proxy", "proxy.api_key=canary-7",
                   "proxy.headers.X-Team=canary-8"});

  std::vector<std::string> found;
  for (const Secret* secret : every_secret(settings)) found.emplace_back(secret->reveal());

  std::sort(found.begin(), found.end());
  const std::vector<std::string> all{"canary-1", "canary-2", "canary-3", "canary-4",
                                     "canary-5", "canary-6", "canary-7", "canary-8"};
  BOOST_TEST(found == all, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
