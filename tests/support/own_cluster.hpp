#pragma once
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace assay::testing {

/// A PostgreSQL of the test's own, which it may kill: made by scripts/pg in a directory that goes with it.
class OwnCluster {
 public:
  OwnCluster() {
    static int count = 0;
    directory_ = (std::filesystem::temp_directory_path() /
                  ("assay-own-" + std::to_string(::getpid()) + "-" + std::to_string(++count)))
                     .string();
    start();
  }
  OwnCluster(const OwnCluster&) = delete;
  OwnCluster& operator=(const OwnCluster&) = delete;
  ~OwnCluster() { run("remove"); }

  std::string url() const { return "postgresql:///postgres?host=" + directory_ + "&user=postgres"; }
  void start() { must("start"); }
  void kill() { must("kill"); }  ///< SIGKILL of the postmaster

 private:
  int run(const std::string& verb) const {
    const std::string command =
        std::string(ASSAY_SOURCE_DIR) + "/scripts/pg " + verb + " " + directory_ + " >/dev/null 2>&1";
    return std::system(command.c_str());
  }
  void must(const std::string& verb) const {
    if (run(verb) != 0) throw std::runtime_error("scripts/pg " + verb + " " + directory_ + " failed");
  }
  std::string directory_;
};

}  // namespace assay::testing
