// The commands of tests/requirements.tsv name what there is. A command that runs no test proves nothing, and Boost.Test
// is content when one of several names fits.
#include <boost/test/unit_test.hpp>
#include <cctype>
#include <filesystem>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

#include "tests/style/tree.hpp"

namespace assay::style {
namespace {

const std::filesystem::path source = ASSAY_SOURCE_DIR;

bool of_a_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}

std::string name_at(const std::string& text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && of_a_name(text[end])) ++end;
  return text.substr(at, end - at);
}

/// A test that a command runs: "unit_streams streams" or "unit_streams a_case".
struct Named {
  std::string program, name;
  friend bool operator==(const Named&, const Named&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Named& n) { return out << n.program << ' ' << n.name; }
};

/// What `PROGRAM --run_test=a/b,c:d` names, for each such command of a text.
std::vector<Named> named_tests(const std::string& text) {
  const std::string folder = "build/release/bin/", option = " --run_test=";
  std::vector<Named> all;
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at + 1)) {
    const std::string program = name_at(text, at + folder.size());
    std::size_t name = at + folder.size() + program.size();
    if (text.compare(name, option.size(), option) != 0) continue;
    name += option.size() - 1;
    do {
      all.push_back({program, name_at(text, name + 1)});
      name += 1 + all.back().name.size();
    } while (name < text.size() && std::string_view("/,:").find(text[name]) != std::string_view::npos);
  }
  return all;
}

/// The .cpp files of a program's block in tests/CMakeLists.txt.
std::vector<std::string> sources_of(const std::string& program, const std::string& lists) {
  const std::size_t begin = lists.find("assay_test(" + program + " ");
  if (begin == std::string::npos) return {};
  std::istringstream words(lists.substr(begin, lists.find(')', begin) - begin));
  std::vector<std::string> files;
  for (std::string word; words >> word;) {
    if (word.ends_with(".cpp")) files.push_back(word);
  }
  return files;
}

/// The suites and cases of a source file.
std::set<std::string> tests_in(const std::string& text) {
  std::set<std::string> names;
  for (const std::string macro : {"_TEST_SUITE(", "_TEST_CASE("}) {
    for (std::size_t at = text.find(macro); at != std::string::npos; at = text.find(macro, at + 1))
      names.insert(name_at(text, at + macro.size()));
  }
  return names;
}

std::set<std::string> tests_of(const std::string& program) {
  std::set<std::string> names;
  for (const std::string& file : sources_of(program, whole_file(source / "tests/CMakeLists.txt")))
    names.merge(tests_in(whole_file(source / "tests" / file)));
  return names;
}

std::set<std::string> scripts_named(const std::string& table) {
  const std::string folder = "tests/requirements/";
  std::set<std::string> names;
  for (std::size_t at = table.find(folder); at != std::string::npos; at = table.find(folder, at + 1))
    names.insert(name_at(table, at + folder.size()) + ".sh");
  return names;
}

BOOST_AUTO_TEST_SUITE(requirement_commands)

BOOST_AUTO_TEST_CASE(are_read_as_a_shell_and_boost_test_would) {
  const std::string text =
      "build/release/bin/a --run_test=s/c,d:e && bash x && build/release/bin/b && build/release/bin/c --run_test=t";

  BOOST_TEST(named_tests(text) == (std::vector<Named>{{"a", "s"}, {"a", "c"}, {"a", "d"}, {"a", "e"}, {"c", "t"}}),
             boost::test_tools::per_element());
  BOOST_TEST(
      sources_of("b", "assay_test(bb LABEL x\n SOURCES y.cpp)\nassay_test(b LABEL x\n SOURCES z.cpp\n DEPS q)") ==
          std::vector<std::string>{"z.cpp"},
      boost::test_tools::per_element());
  BOOST_TEST(tests_in("BOOST_AUTO_TEST_SUITE(s)\nBOOST_FIXTURE_TEST_CASE(c, F) {") == (std::set<std::string>{"c", "s"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(name_tests_that_their_programs_have) {
  Complaints unknown;
  const std::vector<Named> named = named_tests(whole_file(source / "tests/requirements.tsv"));
  for (const Named& test : named) {
    if (!tests_of(test.program).contains(test.name)) unknown.push_back(test.program + " " + test.name);
  }

  BOOST_TEST(unknown == Complaints(), boost::test_tools::per_element());
  BOOST_TEST(named.size() >= 60u);
}

BOOST_AUTO_TEST_CASE(use_every_script_and_no_other) {
  std::set<std::string> there;
  for (const auto& entry : std::filesystem::directory_iterator(source / "tests/requirements"))
    there.insert(entry.path().filename().string());
  there.erase("stage.sh");

  const std::set<std::string> named = scripts_named(whole_file(source / "tests/requirements.tsv"));

  BOOST_TEST(named == there, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace assay::style
