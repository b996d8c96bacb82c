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
  Folder() : path_(std::filesystem::temp_directory_path() / ("assay-suites-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_ / "inner");
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path(name);
  }
  std::string path(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

Ran import(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"suites", "import"});
  cli::World world;
  world.arguments = std::move(arguments);
  return testing::run_program(world);
}

const std::string two_prompts =
    "prompts: [\"Where is {{city}}?\", file://p.txt]\nproviders: [openai:gpt-4o]\ntests: cities.csv\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(suites_import)

BOOST_AUTO_TEST_CASE(prints_a_suite_a_line_and_what_it_is_on_the_side) {
  const Folder folder;
  const std::string file = folder.write("c.yaml", two_prompts);
  folder.write("p.txt", "Tell of {{city}}.");
  folder.write("cities.csv", "city,__expected\nParis,contains: France\nRome,\n");

  const Ran ran = import({file, "--name", "places"});

  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.out.find(R"({"name":"places: prompt 1","prompt":"Where is {{city}}?")") == 0U, ran.out);
  BOOST_TEST(ran.out.find("\n{\"name\":\"places: prompt 2\",\"prompt\":\"Tell of {{city}}.\"") != std::string::npos,
             ran.out);
  BOOST_TEST(ran.said ==
             "places: prompt 1: 2 cases; models: openai/gpt-4o\nplaces: prompt 2: 2 cases; models: openai/gpt-4o\n");
}

BOOST_AUTO_TEST_CASE(exits_2_with_every_fault) {
  const Folder folder;
  const std::string file = folder.write("c.yaml", "prompts: [x]\nproviders: [echo]\ntset: 1\ntests: none.csv\n");

  const Ran ran = import({file});

  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out.empty());
  BOOST_TEST(
      ran.said.find(file + ":3:1: tset: a configuration has no such key; did you mean tests?\n") != std::string::npos,
      ran.said);
  BOOST_TEST(ran.said.find(file + ":4:8: cannot read none.csv: no such file\n") != std::string::npos, ran.said);
}

BOOST_AUTO_TEST_CASE(reads_no_file_outside_of_the_folder) {
  const Folder folder;
  folder.write("cities.csv", "city\nParis\n");
  folder.write("p.txt", "p");
  std::filesystem::create_symlink(folder.path("p.txt"), folder.path("inner/link.txt"));
  const std::string file =
      folder.write("inner/c.yaml", "prompts: [file://link.txt]\nproviders: [echo]\ntests: ../cities.csv\n");
  const std::string absolute =
      folder.write("inner/d.yaml", "prompts: [p]\nproviders: [echo]\ntests: " + folder.path("cities.csv") + "\n");

  const Ran refused = import({file}), named = import({absolute}), widened = import({file, "--root", folder.path("")});

  BOOST_TEST(refused.code == 2);
  BOOST_TEST(
      refused.said.find("cannot read ../cities.csv: outside of the folder; widen it with --root") != std::string::npos,
      refused.said);
  BOOST_TEST(refused.said.find("cannot read link.txt: outside of the folder") != std::string::npos, refused.said);
  BOOST_TEST(named.code == 2);
  BOOST_TEST(widened.code == 0, widened.said);
}

BOOST_AUTO_TEST_CASE(takes_a_prompt_for_files_that_hold_none) {
  const Folder folder;
  const std::string table = folder.write("t.csv", "q,__expected\nx,y\n"),
                    prompt = folder.write("prompt.md", "Answer {{q}}\n");
  const std::string cases = folder.write("g.json", "[{\"title\": \"t\", \"input\": \"i\"}]");

  BOOST_TEST(import({table}).code == 2);
  const Ran from_table = import({table, "--prompt-file", prompt, "--out", folder.path("s.jsonl")});
  const Ran from_cases = import({cases, "--format", "prpm", "--prompt", "Be kind."});

  BOOST_TEST(from_table.code == 0);
  BOOST_TEST(from_table.out.empty());
  std::ifstream written(folder.path("s.jsonl"));
  const std::string text{std::istreambuf_iterator<char>(written), {}};
  BOOST_TEST(text.find(R"("prompt":"Answer {{q}}\n")") != std::string::npos, text);
  BOOST_TEST(from_cases.out ==
             "{\"name\":\"g\",\"prompt\":\"Be "
             "kind.\",\"dialect\":\"prpm\",\"cases\":[{\"title\":\"t\",\"input\":\"i\",\"assertions\":[]}]}\n");
}

BOOST_AUTO_TEST_SUITE_END()
