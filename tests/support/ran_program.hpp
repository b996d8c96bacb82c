#pragma once
#include <string>

#include "cli/program.hpp"

namespace assay::testing {

/// What a command printed and how it ended.
struct Ran {
  int code = 0;
  std::string out, said;  ///< standard output, standard error
};

/// Runs one command in this process with both of its streams in files meanwhile. One at a time.
Ran run_program(const cli::World& world);

/// A file of one test, removed with it.
class TestFile {
 public:
  TestFile(const std::string& name, const std::string& text);
  ~TestFile();
  TestFile(const TestFile&) = delete;
  TestFile& operator=(const TestFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace assay::testing
