// Each file of tests/data/config is a case: sources, and the faults, warnings and rows that must come of them.
#include "config/load.hpp"

#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <set>

#include "case_file.hpp"

using namespace assay;
using namespace assay::config;
using namespace assay::config::testing;

namespace {

void check_faults(const CaseFile& expected, const Result<Loaded, std::vector<Fault>>& loaded) {
  BOOST_REQUIRE(!loaded.has_value());
  const std::string text = to_text(loaded.error());
  if (expected.has("faults")) BOOST_TEST(text == expected.sections.at("faults"));
  for (const std::string& part : expected.lines("faults contain"))
    BOOST_TEST(text.find(part) != std::string::npos, part << " is not in\n" << text);
  for (const std::string& part : expected.lines("faults never contain"))
    BOOST_TEST(text.find(part) == std::string::npos, part << " is in\n" << text);
}

void check_settings(const CaseFile& expected, const Result<Loaded, std::vector<Fault>>& loaded) {
  BOOST_REQUIRE_MESSAGE(loaded.has_value(), to_text(loaded ? std::vector<Fault>() : loaded.error()));
  const std::string rows = "\n" + to_text(loaded->rows, true);
  for (const std::string& row : expected.lines("rows"))
    BOOST_TEST(rows.find("\n" + row + "\n") != std::string::npos, row << " is not in" << rows);
  if (expected.has("warnings")) BOOST_TEST(to_text(loaded->warnings) == expected.sections.at("warnings"));
}

Sources with(std::string yaml, std::map<std::string, std::string> environment = {}) {
  Sources sources;
  sources.file = Sources::File{"assay.yaml", std::move(yaml)};
  sources.environment = std::move(environment);
  return sources;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(configuration)

BOOST_DATA_TEST_CASE(does_what_its_case_files_say, boost::unit_test::data::make(case_paths()), path) {
  const CaseFile expected = read_case(path);
  const bool wants_faults = expected.has("faults") || expected.has("faults contain");

  const auto loaded = load(expected.sources());

  BOOST_TEST_CONTEXT(expected.sentence) {
    BOOST_REQUIRE(wants_faults || expected.has("rows") || expected.has("warnings"));
    wants_faults ? check_faults(expected, loaded) : check_settings(expected, loaded);
  }
}

BOOST_AUTO_TEST_CASE(puts_every_value_where_it_belongs) {
  const auto loaded = load(with(R"(
database_url: postgresql://db/assay
worker: { queues: [a, b], slots: 7, lease: 4s, poll: 250ms }
limits: { response_body: 2MiB }
breaker: { failure_ratio: 0.75 }
executor: { mode: proxy_only }
proxy: { base_url: "http://proxy:4000/", auth: none }
health: { listen: "[::1]:9464" }
log: { level: debug, format: json }
providers:
  mine: { dialect: anthropic, base_url: "http://m", api_key: k, headers: { X-Team: blue } }
)"));

  BOOST_REQUIRE_MESSAGE(loaded.has_value(), to_text(loaded ? std::vector<Fault>() : loaded.error()));
  const Settings& settings = loaded->settings;
  BOOST_TEST(settings.database_url.reveal() == "postgresql://db/assay");
  BOOST_TEST(settings.worker.queues == (std::vector<std::string>{"a", "b"}), boost::test_tools::per_element());
  BOOST_TEST(settings.worker.slots == 7);
  BOOST_TEST((settings.worker.lease == std::chrono::seconds(4)));
  BOOST_TEST((settings.worker.renewal == std::chrono::seconds(1)));
  BOOST_TEST((settings.worker.cutoff == std::chrono::seconds(3)));
  BOOST_TEST((settings.worker.poll == std::chrono::milliseconds(250)));
  BOOST_TEST(settings.limits.response_body == 2 << 20);
  BOOST_TEST(settings.breaker.failure_ratio == 0.75);
  BOOST_TEST((settings.mode == ExecutorMode::proxy_only));
  BOOST_TEST(settings.proxy.base_url == "http://proxy:4000");
  BOOST_TEST(settings.health.host == "::1");
  BOOST_TEST(settings.health.port == 9464);
  BOOST_TEST((settings.log.level == LogLevel::debug));
  BOOST_TEST((settings.log.format == LogFormat::json));
  const ProviderSettings* mine = settings.provider("mine");
  BOOST_REQUIRE(mine != nullptr);
  BOOST_TEST((mine->dialect == Dialect::anthropic_messages));
  BOOST_TEST(mine->api_key.reveal() == "k");
  BOOST_TEST(mine->headers.at(0).second.reveal() == "blue");
  BOOST_TEST(!mine->built_in);
}

BOOST_AUTO_TEST_CASE(tells_which_variable_would_give_a_missing_key) {
  const auto loaded = load(Sources{});

  const ProviderSettings* openai = loaded->settings.provider("openai");
  BOOST_REQUIRE(openai != nullptr);
  BOOST_TEST(openai->api_key.empty());
  BOOST_TEST(openai->built_in);
  BOOST_TEST(openai->key_names.front() == "OPENAI_API_KEY");
  BOOST_TEST(loaded->settings.provider("opnai") == nullptr);
}

BOOST_AUTO_TEST_CASE(reads_every_key_from_the_variable_that_its_path_names) {
  const auto defaults = load(Sources{});
  std::set<std::string> variables;

  for (const Row& row : defaults->rows) {
    const bool named = row.name.ends_with(".headers") || row.name == "aliases" || row.name == "fallbacks";
    std::string variable = "ASSAY_" + row.name;
    std::transform(variable.begin(), variable.end(), variable.begin(), [](char c) {
      return c == '.' || c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    BOOST_TEST(variables.insert(variable).second, variable);
    if (named) continue;
    const auto broken = load(with("", {{variable, "\x01"}}));
    BOOST_TEST(!broken.has_value(), variable << " is not read");
  }
}

BOOST_AUTO_TEST_CASE(gives_limits_in_base_units_for_the_metrics) {
  const auto loaded = load(Sources{});

  const auto limit = [&loaded](const std::string& name) {
    const auto row = std::find_if(loaded->rows.begin(), loaded->rows.end(),
                                  [&name](const Row& any) { return any.limit_name == name; });
    return row == loaded->rows.end() ? std::nullopt : row->limit;
  };
  BOOST_TEST(limit("worker_lease_seconds").value() == 60);
  BOOST_TEST(limit("retry_backoff_seconds").value() == 0.5);
  BOOST_TEST(limit("limits_response_body_bytes").value() == 16 << 20);
  BOOST_TEST(limit("worker_slots").value() == 256);
}

BOOST_AUTO_TEST_CASE(never_shows_a_secret_in_its_rows) {
  const auto loaded =
      load(with("providers: { openai: { api_key: sk-live-0123456789, headers: { X-A: sk-live-0123456789 } } }",
                {{"DATABASE_URL", "postgresql://u:sk-live-0123456789@db/x"}}));

  BOOST_REQUIRE(loaded.has_value());
  BOOST_TEST(to_text(loaded->rows, true).find("sk-live") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
