#include "ran_program.hpp"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/require.hpp"

namespace assay::testing {
namespace {

/// One of the process's streams, in a file until text() is called.
class Caught {
 public:
  Caught(std::FILE* stream, int descriptor) : stream_(stream), descriptor_(descriptor), file_(std::tmpfile()) {
    require(file_ != nullptr, "there is room for a temporary file");
    std::fflush(stream_);
    kept_ = ::dup(descriptor_);
    ::dup2(::fileno(file_), descriptor_);
  }
  Caught(const Caught&) = delete;
  Caught& operator=(const Caught&) = delete;

  std::string text() {
    std::fflush(stream_);
    ::dup2(kept_, descriptor_);
    ::close(kept_);
    std::rewind(file_);
    std::string read;
    for (int c = std::fgetc(file_); c != EOF; c = std::fgetc(file_)) read += static_cast<char>(c);
    std::fclose(file_);
    return read;
  }

 private:
  std::FILE* stream_;
  int descriptor_, kept_ = -1;
  std::FILE* file_;
};

}  // namespace

Ran run_program(const cli::World& world) {
  Caught out(stdout, STDOUT_FILENO), said(stderr, STDERR_FILENO);
  Ran ran;
  ran.code = cli::run(world);
  ran.out = out.text();
  ran.said = said.text();
  return ran;
}

TestFile::TestFile(const std::string& name, const std::string& text)
    : path_(std::filesystem::temp_directory_path() / ("assay-" + std::to_string(::getpid()) + "-" + name)) {
  std::ofstream(path_, std::ios::binary) << text;
}

TestFile::~TestFile() {
  std::filesystem::remove(path_);
}

}  // namespace assay::testing
