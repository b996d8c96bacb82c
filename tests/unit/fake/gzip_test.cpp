#include "fake/gzip.hpp"

#include <stdlib.h>
#include <unistd.h>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <string>

namespace {

/// What the system's gzip makes of `bytes`: an opinion independent of ours. Empty when it objects.
std::string expanded(const std::string& bytes) {
  std::string path = "/tmp/assay-gzip-XXXXXX";
  const int file = mkstemp(path.data());
  BOOST_TEST_REQUIRE(write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  close(file);
  FILE* gzip = popen(("gzip -dc < " + path + " 2>/dev/null").c_str(), "r");
  std::string out;
  std::array<char, 65536> room;
  for (std::size_t got = 0; (got = fread(room.data(), 1, room.size(), gzip)) > 0;) out.append(room.data(), got);
  const bool fine = pclose(gzip) == 0;
  unlink(path.c_str());
  return fine ? out : std::string();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gzip_bomb)

BOOST_AUTO_TEST_CASE(expands_to_what_it_was_told) {
  const std::string before = "{\"text\":\"\xc3\xa9", after = "\"}\xff";
  for (std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{258}, std::size_t{259}, std::size_t{1000}}) {
    const std::string bomb = assay::fake::gzip_bomb(before, 'a', count, after);

    BOOST_TEST((expanded(bomb) == before + std::string(count, 'a') + after));
  }
}

BOOST_AUTO_TEST_CASE(is_small) {
  const std::string bomb = assay::fake::gzip_bomb("x", 'a', 16u << 20, "y");

  BOOST_TEST(bomb.size() < 120'000u);
  BOOST_TEST(expanded(bomb).size() == (16u << 20) + 2);
}

BOOST_AUTO_TEST_SUITE_END()
