#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace assay::javascript {

/// What one run may take. A run that passes a limit is killed.
struct Limits {
  Duration time = std::chrono::seconds(2);           ///< of the wall, from the start of its process to its last byte
  std::size_t memory_bytes = std::size_t{64} << 20;  ///< of the script's heap
  std::size_t answer_bytes = std::size_t{1} << 20;   ///< of what it may return, as JSON
};

/// What a script did.
struct Outcome {
  enum class How {
    returned,  ///< `json` is the value, as JSON.stringify writes it; empty for undefined and functions
    threw      ///< `message` is the exception's; also where the code does not compile
  };
  How how = How::returned;
  std::string json, message;
};

/// Runs an author's function.
class Runner {
 public:
  virtual ~Runner() = default;

  /// Calls `(output, context) => { body }`. `output` and `context` are JSON texts; a Promise is awaited. The error is a
  /// limit that was passed, or that the work could not be done: a sentence for people. Any thread; blocks.
  virtual Result<Outcome, std::string> run(std::string_view body, std::string_view output,
                                           std::string_view context) const = 0;
};

/// Runs a function of a stranger, each time in a new process that is killed when it takes too long (program
/// `assay-javascript`, SpiderMonkey without its compilers). That process has no network, no files, no environment and
/// no descriptor but its pipes: the kernel refuses it every system call that could get one (seccomp), from before the
/// first byte of the script is read. `Math.random` and the clock throw there, so that an answer has one verdict
/// everywhere.
///
/// Any thread; run() blocks until the process has ended.
class Sandbox final : public Runner {
 public:
  explicit Sandbox(std::string program, Limits limits = {}) : program_(std::move(program)), limits_(limits) {}

  Result<Outcome, std::string> run(std::string_view body, std::string_view output,
                                   std::string_view context) const override;

 private:
  std::string program_;
  Limits limits_;
};

/// Where the program is looked for: beside this process's own.
std::string sandbox_program();

}  // namespace assay::javascript
