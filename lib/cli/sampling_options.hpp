#pragma once
#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "job/suite.hpp"

namespace assay::cli {

/// What a command line says about how a model is to be asked: --temperature, --max-tokens, --stop, --tools FILE, …
class SamplingOptions {
 public:
  void add_to(CLI::App& command);

  /// The wishes as the JSON that enqueue_job takes; empty when there are none. Throws Stop(usage) for what no provider
  /// could be asked, naming the place: "--temperature must be a number from 0 to 2".
  std::string json() const;
  Sampling sampling() const;

 private:
  struct Number {
    std::string key, text;
  };
  std::vector<Number> numbers_ = std::vector<Number>(8);
  std::vector<std::string> stop_;
  std::string effort_, tools_file_, tool_choice_, format_file_;
  bool stream_ = false, no_stream_ = false, log_probs_ = false;
};

}  // namespace assay::cli
