#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/ran_program.hpp"

using namespace assay;
using testing::Ran;

namespace {

/// A folder of one test, removed with it.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("assay-judge-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

Ran run(std::vector<std::string> arguments) {
  cli::World world;
  world.arguments = std::move(arguments);
  return testing::run_program(world);
}

std::string line(int id, const std::string& output) {
  return R"({"id":)" + std::to_string(id) + R"(,"assertions":[{"value":"yes"}],"output":")" + output + "\"}\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(judge_command)

BOOST_AUTO_TEST_CASE(exits_by_the_worst_line) {
  const Folder folder;

  BOOST_TEST(run({"judge", folder.write("a", line(1, "yes") + "\n" + line(2, "YES"))}).code == 0);
  BOOST_TEST(run({"judge", folder.write("b", line(1, "yes") + line(2, "no"))}).code == 1);
  BOOST_TEST(run({"judge", folder.write("c", line(1, "no") + "nonsense\n" + line(2, "yes"))}).code == 2);
  BOOST_TEST(run({"judge", folder.write("d", R"({"assertions":[{"type":"x"}],"output":""})")}).code == 1);
  BOOST_TEST(run({"judge", folder.write("e", "")}).code == 0);
  BOOST_TEST(run({"judge", "/nonexistent/lines"}).code == 2);
}

BOOST_AUTO_TEST_CASE(goes_on_after_a_bad_line) {
  const Folder folder;

  const Ran ran = run({"judge", folder.write("lines", line(1, "yes") + "nonsense\n" + line(3, "no"))});

  BOOST_TEST(ran.out.find("{\"id\":1,\"verdict\":\"pass\"") == 0u, ran.out);
  BOOST_TEST(ran.out.find("\n{\"id\":3,\"verdict\":\"fail\"") != std::string::npos, ran.out);
}

BOOST_AUTO_TEST_CASE(says_the_same_on_many_threads_and_in_the_same_order) {
  const Folder folder;
  std::string lines;
  for (int id = 0; id < 2000; ++id) lines += line(id, id % 3 == 0 ? "yes" : "no");
  const std::string file = folder.write("lines", lines);

  const Ran one = run({"judge", file}), many = run({"judge", file, "--threads", "5"});

  BOOST_TEST(one.out == many.out);
  BOOST_TEST(one.code == many.code);
}

BOOST_AUTO_TEST_CASE(takes_the_suite_from_a_file) {
  const Folder folder;
  const std::string suite = folder.write(
      "suite.json",
      R"({"name":"n","prompt":"p","cases":[{"title":"t","input":"i","assertions":[{"type":"is-json"}]}]})");

  BOOST_TEST(run({"judge", "--suite", suite, folder.write("a", R"({"case":0,"output":{}})")}).code == 0);
  BOOST_TEST(run({"judge", "--suite", suite, folder.write("b", R"({"case":0,"output":"{"})")}).code == 1);
}

BOOST_AUTO_TEST_SUITE_END()
