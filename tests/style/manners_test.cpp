#include "tests/style/manners.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/style/tree.hpp"

namespace assay::style {
namespace {

template <class Check>
std::string complaints_about(const std::vector<std::string_view>& folders, Check check) {
  std::string text;
  for (const std::string_view folder : folders) {
    for (const SourceFile& file : text_files(folder)) {
      for (const std::string& complaint : check(file)) text += "\n  " + complaint;
    }
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(manners)

BOOST_AUTO_TEST_CASE(searches_code_and_neither_comments_nor_literals) {
  const std::string code = code_only("a // b\nc /* d */ \"e\\\"f\" 'g' R\"x(h \" )\" i)x\" j 1'000'000 k");
  for (const char hidden : {'b', 'd', 'e', 'f', 'g', 'h', 'i'}) BOOST_TEST(code.find(hidden) == std::string::npos);
  for (const char seen : {'a', 'c', 'j', 'k'}) BOOST_TEST(code.find(seen) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keeps_each_vendor_at_home) {
  const std::string text = "#include <rapidjson/document.h>\n#include <pqxx/pqxx>\n#include <map>\n";
  BOOST_TEST(vendors_away_from_home({"lib/job/suite.cpp", text}).size() == 2U);
  BOOST_TEST(vendors_away_from_home({"lib/json/value.cpp", text}) ==
             Complaints{"lib/json/value.cpp: includes pqxx/pqxx"});
}

BOOST_AUTO_TEST_CASE(tells_the_curl_room_from_the_curl_library) {
  const std::string text = "#include \"curl/transport.hpp\"\n#include <curl/curl.h>\n";
  BOOST_TEST(vendors_away_from_home({"lib/cli/worker.cpp", text}) ==
             Complaints{"lib/cli/worker.cpp: includes curl/curl.h"});
}

BOOST_AUTO_TEST_CASE(finds_a_door_that_is_open_outside_its_rim) {
  const std::string text = "auto t = std::chrono::system_clock::now();  // std::random_device\n";
  BOOST_TEST(doors_outside_their_rims({"lib/engine/cell.cpp", text}) ==
             Complaints{"lib/engine/cell.cpp: uses system_clock::now"});
  BOOST_TEST(doors_outside_their_rims({"lib/runtime/clock.cpp", text}).empty());
}

BOOST_AUTO_TEST_CASE(takes_no_part_of_a_word_for_a_door) {
  const std::string text = "my_getenv(); getenv_names(); std::threads x; net::socket_of();\n";
  BOOST_TEST(doors_outside_their_rims({"lib/job/suite.cpp", text}).empty());
}

BOOST_AUTO_TEST_CASE(counts_lines) {
  BOOST_TEST(too_long({"lib/job/suite.cpp", std::string(500, '\n')}).empty());
  BOOST_TEST(too_long({"lib/job/suite.cpp", std::string(501, '\n')}).size() == 1U);
}

BOOST_AUTO_TEST_CASE(finds_places_that_only_one_machine_has) {
  const std::string path = std::string("cd /wo") + "rk/main\n";
  BOOST_TEST(places_that_readers_do_not_have({"README.md", path}).size() == 1U);
  BOOST_TEST(places_that_readers_do_not_have({"README.md", "see docs" + path.substr(3)}).empty());
  BOOST_TEST(places_that_readers_do_not_have({"x.json", std::string("https://registry.n") + "pmjs.org/x"}).size() ==
             1U);
}

BOOST_AUTO_TEST_CASE(finds_download_addresses_in_lock_files_only) {
  BOOST_TEST(download_addresses({"a/package-lock.json", "{\"resolved\": \"x\"}"}).size() == 1U);
  BOOST_TEST(download_addresses({"a/data.json", "{\"resolved\": \"x\"}"}).empty());
}

BOOST_AUTO_TEST_CASE(finds_cases_that_cannot_fail) {
  const std::string decorated = "BOOST_AUTO_TEST_CASE(x, *boost::unit_test::disabled()) {}\n";
  BOOST_TEST(cases_that_cannot_fail({"tests/x_test.cpp", decorated}).size() == 1U);
  BOOST_TEST(cases_that_cannot_fail({"tests/x_test.cpp", "BOOST_AUTO_TEST_CASE(x) { disabled(); }\n"}).empty());
}

BOOST_AUTO_TEST_CASE(keeps_the_oracle_apart) {
  const House innocent("assay_library(pricing)\nassay_library(json)\nassay_library(fake DEPS assay::json)");
  const House guilty(
      "assay_library(pricing)\nassay_library(json DEPS assay::pricing)\nassay_library(fake DEPS assay::json)");
  BOOST_TEST(oracle_that_shares_code(innocent, {"lib/fake/a.cpp", "#include \"json/value.hpp\"\n"}).empty());
  BOOST_TEST(oracle_that_shares_code(innocent, {"lib/fake/a.cpp", "#include \"pricing/cost.hpp\"\n"}).size() == 1U);
  BOOST_TEST(oracle_that_shares_code(guilty, {"lib/fake/a.cpp", ""}) == Complaints{"fake: an arrow leads to pricing"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_project_as_it_stands)

BOOST_AUTO_TEST_CASE(keeps_each_vendor_at_home) {
  const std::string complaints = complaints_about({"lib", "worker"}, vendors_away_from_home);
  BOOST_TEST(complaints.empty(), complaints);
}

BOOST_AUTO_TEST_CASE(opens_doors_only_in_their_rims) {
  const auto code = [](const SourceFile& file) {
    return file.is_code() ? doors_outside_their_rims(file) : Complaints();
  };
  const std::string complaints = complaints_about({"lib", "worker"}, code);
  BOOST_TEST(complaints.empty(), complaints);
}

BOOST_AUTO_TEST_CASE(has_no_long_files) {
  const auto code = [](const SourceFile& file) { return file.is_code() ? too_long(file) : Complaints(); };
  const std::string complaints = complaints_about({"lib", "worker"}, code);
  BOOST_TEST(complaints.empty(), complaints);
}

BOOST_AUTO_TEST_CASE(names_no_place_that_readers_do_not_have) {
  const std::string complaints = complaints_about({""}, places_that_readers_do_not_have);
  BOOST_TEST(complaints.empty(), complaints);
}

BOOST_AUTO_TEST_CASE(has_no_cases_that_cannot_fail) {
  const std::string complaints = complaints_about({"tests"}, cases_that_cannot_fail);
  BOOST_TEST(complaints.empty(), complaints);
}

BOOST_AUTO_TEST_CASE(keeps_no_download_addresses) {
  const std::string complaints = complaints_about({""}, download_addresses);
  BOOST_TEST(complaints.empty(), complaints);
}

BOOST_AUTO_TEST_CASE(keeps_the_oracle_apart) {
  const House house = the_house();
  const auto oracle = [&](const SourceFile& file) { return oracle_that_shares_code(house, file); };
  const std::string complaints = complaints_about({"lib/fake"}, oracle);
  BOOST_TEST(complaints.empty(), complaints);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay::style
