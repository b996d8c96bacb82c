#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cli/embed_order.hpp"
#include "cli/run_order.hpp"
#include "client/answer.hpp"
#include "config/load.hpp"
#include "http/message.hpp"

namespace assay::cli {

/// What the commands reach for outside this library.
struct World {
  std::vector<std::string> arguments;                     ///< without the program's name
  std::map<std::string, std::string> environment;
  std::function<int(const config::Loaded&)> run_worker;   ///< runs a worker to its end
  std::function<RunReport(const config::Loaded&, const RunOrder&)> run_suite;  ///< runs a suite in this process
  /// Sends one request and waits for the answer.
  std::function<Result<http::Response, http::Failure>(const config::Settings&, const http::Request&)> ask;
  std::function<Result<client::Vectors, Failure>(const config::Loaded&, const EmbedOrder&)> embed;  ///< asks a provider
};

/// Runs one command and returns its exit code. Results go to standard output, everything else to standard error.
int run(const World& world);

}  // namespace assay::cli
