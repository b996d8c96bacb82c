#pragma once
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>

namespace assay::testing {

/// `--what VALUE` after `--` on the test program's command line, or `usual`.
inline std::int64_t parameter(const std::string& what, std::int64_t usual) {
  const auto& suite = boost::unit_test::framework::master_test_suite();
  for (int i = 1; i + 1 < suite.argc; ++i) {
    if (suite.argv[i] == "--" + what) return std::stoll(suite.argv[i + 1]);
  }
  return usual;
}

/// Whether `--what` stands there.
inline bool flag(const std::string& what) {
  const auto& suite = boost::unit_test::framework::master_test_suite();
  for (int i = 1; i < suite.argc; ++i) {
    if (suite.argv[i] == "--" + what) return true;
  }
  return false;
}

}  // namespace assay::testing
