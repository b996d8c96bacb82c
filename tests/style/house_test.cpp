#include "tests/style/house.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/style/tree.hpp"

namespace assay::style {
namespace {

const House& a_house() {
  static const House house(R"(
# base stands alone
assay_library(base SOURCES base/id.cpp HEADERS base/id.hpp)
assay_library(json HEADERS json/value.hpp DEPS assay::base)
assay_library(job HEADERS job/suite.hpp DEPS assay::base)
assay_library(fake SOURCES fake/server.cpp HEADERS fake/server.hpp DEPS assay::job Threads::Threads PRIVATE_DEPS assay::json)
)");
  return house;
}

std::string joined(const Complaints& complaints) {
  std::string text;
  for (const std::string& complaint : complaints) text += "\n  " + complaint;
  return text;
}

BOOST_AUTO_TEST_SUITE(house)

BOOST_AUTO_TEST_CASE(reads_rooms_and_arrows_from_the_build_file) {
  BOOST_TEST_REQUIRE(a_house().rooms().size() == 4U);
  const Room& fake = *a_house().find("fake");
  BOOST_TEST(fake.arrows == std::set<std::string>{"job"});
  BOOST_TEST(fake.private_arrows == std::set<std::string>{"json"});
  BOOST_TEST(fake.files == (std::set<std::string>{"fake/server.cpp", "fake/server.hpp"}));
}

BOOST_AUTO_TEST_CASE(finds_includes_in_both_brackets_and_no_others) {
  const auto includes =
      includes_of("#pragma once\n#include \"a/b.hpp\"\n  # include <c>\n// include \"d\"\nint include;\n");
  BOOST_TEST(includes == (std::vector<std::string>{"a/b.hpp", "c"}));
}

BOOST_AUTO_TEST_CASE(follows_public_arrows_through_other_rooms) {
  const SourceFile header{"lib/fake/server.hpp",
                          "#include \"job/suite.hpp\"\n#include \"base/id.hpp\"\n#include <map>\n"};
  BOOST_TEST(includes_without_an_arrow(a_house(), header).empty());
}

BOOST_AUTO_TEST_CASE(complains_about_an_include_that_no_arrow_leads_to) {
  const SourceFile planted{"lib/json/value.hpp", "#include \"base/id.hpp\"\n#include \"job/suite.hpp\"\n"};
  BOOST_TEST(includes_without_an_arrow(a_house(), planted) ==
             Complaints{"lib/json/value.hpp: includes job/suite.hpp, but json has no arrow to job"});
}

BOOST_AUTO_TEST_CASE(lets_only_sources_use_a_private_arrow) {
  const std::string text = "#include \"json/value.hpp\"\n";
  BOOST_TEST(includes_without_an_arrow(a_house(), {"lib/fake/server.cpp", text}).empty());
  BOOST_TEST(includes_without_an_arrow(a_house(), {"lib/fake/server.hpp", text}).size() == 1U);
}

BOOST_AUTO_TEST_CASE(complains_about_a_header_that_is_private_to_another_room) {
  const SourceFile planted{"lib/job/suite.hpp", "#include \"base/inside.hpp\"\n"};
  BOOST_TEST(includes_without_an_arrow(a_house(), planted) ==
             Complaints{"lib/job/suite.hpp: includes base/inside.hpp, which is private to base"});
  BOOST_TEST(includes_without_an_arrow(a_house(), {"lib/base/id.cpp", planted.text}).empty());
}

BOOST_AUTO_TEST_CASE(complains_about_an_arrow_that_points_down) {
  const House planted("assay_library(job DEPS assay::json)\nassay_library(json)\n");
  BOOST_TEST(arrows_against_the_order(planted) == Complaints{"job has an arrow to json, which is not above it"});
  BOOST_TEST(arrows_against_the_order(a_house()).empty());
}

BOOST_AUTO_TEST_CASE(complains_about_an_arrow_that_nothing_uses) {
  const std::vector<SourceFile> files = {{"lib/json/value.hpp", "#include \"base/id.hpp\"\n"},
                                         {"lib/job/suite.hpp", "#include \"base/id.hpp\"\n"},
                                         {"lib/fake/server.cpp", "#include \"job/suite.hpp\"\n"}};
  BOOST_TEST(arrows_without_an_include(a_house(), files) == Complaints{"fake: nothing uses the arrow to json"});
}

BOOST_AUTO_TEST_CASE(complains_about_files_without_a_target_and_targets_without_a_file) {
  const House house("assay_library(base SOURCES base/id.cpp ${CMAKE_BINARY_DIR}/made.cpp)");
  const std::vector<SourceFile> files = {{"lib/base/new.cpp", "#include \"base/private.hpp\"\n"},
                                         {"lib/base/private.hpp", ""},
                                         {"lib/base/notes.txt", ""}};
  BOOST_TEST(files_without_a_target(house, files) ==
             (Complaints{"lib/base/new.cpp: no target builds it", "lib/base/id.cpp: listed, but not there"}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_house_as_it_stands)

BOOST_AUTO_TEST_CASE(has_rooms_and_every_arrow_points_up) {
  BOOST_TEST(the_house().rooms().size() >= 6U);
  const Complaints complaints = arrows_against_the_order(the_house());
  BOOST_TEST(complaints.empty(), joined(complaints));
}

BOOST_AUTO_TEST_CASE(includes_only_what_its_arrows_allow) {
  Complaints complaints;
  const House house = the_house();
  for (const SourceFile& file : text_files("lib")) {
    if (!file.is_code()) continue;
    const Complaints more = includes_without_an_arrow(house, file);
    complaints.insert(complaints.end(), more.begin(), more.end());
  }
  BOOST_TEST(complaints.empty(), joined(complaints));
}

BOOST_AUTO_TEST_CASE(uses_every_arrow) {
  const Complaints complaints = arrows_without_an_include(the_house(), text_files("lib"));
  BOOST_TEST(complaints.empty(), joined(complaints));
}

BOOST_AUTO_TEST_CASE(builds_every_file) {
  const Complaints complaints = files_without_a_target(the_house(), text_files("lib"));
  BOOST_TEST(complaints.empty(), joined(complaints));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay::style
