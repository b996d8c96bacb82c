#include <unistd.h>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "config/sources.hpp"

using namespace assay::config;

namespace {

/// A file that goes away with the test.
struct TemporaryFile {
  std::string path =
      (std::filesystem::temp_directory_path() / ("assay-config-test-" + std::to_string(getpid()))).string();
  explicit TemporaryFile(const std::string& text) { std::ofstream(path) << text; }
  ~TemporaryFile() { std::filesystem::remove(path); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(small_file)

BOOST_AUTO_TEST_CASE(is_read_whole) {
  const TemporaryFile file("two\nlines\n");

  BOOST_TEST(read_small_file(file.path).value() == "two\nlines\n");
}

BOOST_AUTO_TEST_CASE(is_refused_when_it_is_large) {
  const TemporaryFile file("12345");

  BOOST_TEST(read_small_file(file.path, 5).has_value());
  BOOST_TEST(read_small_file(file.path, 4).error() == "larger than 4 bytes");
}

BOOST_AUTO_TEST_CASE(says_why_it_cannot_be_read) {
  BOOST_TEST(read_small_file("/nonexistent/file").error() == "No such file or directory");
  BOOST_TEST(read_small_file("/").error() == "Is a directory");
}

BOOST_AUTO_TEST_SUITE_END()
