// docker/compose.yaml, read as Compose would: what it promises an operator, without a daemon.
#include <yaml-cpp/yaml.h>

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/style/tree.hpp"

namespace assay::style {
namespace {

struct Compose {
  YAML::Node file = YAML::LoadFile(ASSAY_SOURCE_DIR "/docker/compose.yaml");

  /// A service's own key, or the one of the mapping that it merges ("<<").
  YAML::Node of(const std::string& service, const std::string& key) const {
    const YAML::Node own = file["services"][service];
    return own[key] || !own["<<"] ? own[key] : own["<<"][key];
  }
};

BOOST_FIXTURE_TEST_SUITE(compose, Compose)

BOOST_AUTO_TEST_CASE(has_the_database_its_migrations_workers_and_an_optional_proxy) {
  BOOST_TEST(file["services"].size() == 4U);
  for (const std::string service : {"postgres", "migrate", "worker", "proxy"})
    BOOST_TEST(file["services"][service].IsMap());
  BOOST_TEST(of("proxy", "profiles")[0].as<std::string>() == "proxy");
  for (const std::string service : {"postgres", "migrate", "worker"}) BOOST_TEST(!of(service, "profiles"));
}

BOOST_AUTO_TEST_CASE(scales_the_worker) {
  for (const auto& service : file["services"]) BOOST_TEST(!service.second["container_name"]);
  for (const auto& port : of("worker", "ports")) BOOST_TEST(port.as<std::string>().starts_with("127.0.0.1::"));
}

BOOST_AUTO_TEST_CASE(starts_in_order_and_again_after_a_crash) {
  const YAML::Node waits = of("worker", "depends_on");
  BOOST_TEST(waits["postgres"]["condition"].as<std::string>() == "service_healthy");
  BOOST_TEST(waits["migrate"]["condition"].as<std::string>() == "service_completed_successfully");
  BOOST_TEST(of("migrate", "depends_on")["postgres"]["condition"].as<std::string>() == "service_healthy");
  BOOST_TEST(of("postgres", "healthcheck").IsMap());
  for (const std::string service : {"postgres", "worker", "proxy"}) {
    BOOST_TEST(of(service, "restart").as<std::string>() == "unless-stopped");
  }
  BOOST_TEST(of("migrate", "restart").as<std::string>() == "no");
}

BOOST_AUTO_TEST_CASE(opens_ports_on_loopback_only) {
  for (const auto& service : file["services"]) {
    for (const auto& port : service.second["ports"]) BOOST_TEST(port.as<std::string>().starts_with("127.0.0.1:"));
  }
}

BOOST_AUTO_TEST_CASE(gives_the_worker_nothing_to_write_to_and_no_privileges) {
  for (const std::string service : {"migrate", "worker"}) {
    BOOST_TEST(of(service, "read_only").as<bool>());
    BOOST_TEST(of(service, "cap_drop")[0].as<std::string>() == "ALL");
  }
  for (const auto& volume : of("proxy", "volumes")) BOOST_TEST(volume.as<std::string>().ends_with(":ro"));
}

BOOST_AUTO_TEST_CASE(holds_no_secret_and_no_tag_that_moves) {
  for (const auto& service : file["services"]) {
    for (const auto& variable : service.second["environment"]) {
      const std::string name = variable.first.as<std::string>(), value = variable.second.as<std::string>();
      if (name.ends_with("_KEY") || name.ends_with("_PASSWORD"))
        BOOST_TEST(value.starts_with("${"), name << " is " << value);
    }
    const YAML::Node image = of(service.first.as<std::string>(), "image");
    BOOST_TEST(image.as<std::string>().find("latest") == std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay::style
