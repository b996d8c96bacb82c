#include <cstdio>
#include <memory>

#include "cli/commands.hpp"
#include "fake/serve.hpp"
#include "telemetry/health_server.hpp"

namespace assay::cli {
namespace {

ExitCode work(Context& context) {
  const config::Loaded loaded = context.settings();
  if (loaded.settings.database_url.empty()) {
    throw Stop{ExitCode::usage, "no database: set DATABASE_URL, or database_url in the configuration"};
  }
  return static_cast<ExitCode>(context.world().run_worker(loaded));
}

struct FakeOptions {
  std::string host = "127.0.0.1", script_file;
  std::uint16_t port = 0;
};

ExitCode serve_fake(const FakeOptions& wanted) {
  fake::Options options;
  options.address = {wanted.host, wanted.port};
  if (!wanted.script_file.empty()) {
    auto text = config::read_small_file(wanted.script_file);
    if (!text) throw Stop{ExitCode::usage, wanted.script_file + ": " + text.error()};
    auto script = fake::read_script(*text);
    if (!script) throw Stop{ExitCode::usage, wanted.script_file + ": " + script.error()};
    options.script = std::move(*script);
  }
  fake::serve(std::move(options), [&](std::uint16_t port) {
    std::printf("http://%s:%u\n", wanted.host.c_str(), static_cast<unsigned>(port));
    std::fflush(stdout);
  });
  return ExitCode::ok;
}

ExitCode check_health(Context& context, std::string url, bool ready) {
  if (url.empty()) {
    const config::Settings settings = context.settings().settings;
    if (settings.health.port == 0) throw Stop{ExitCode::usage, "health.listen names no port: set it, or give --url"};
    url = "http://" + settings.health.host + ":" + std::to_string(settings.health.port);
  }
  const auto answer = telemetry::probe(url + (ready ? "/readyz" : "/livez"), std::chrono::seconds(5));
  if (!answer) throw Stop{ExitCode::upstream, answer.error()};
  std::printf("%s\n", answer->body.c_str());
  return answer->status == 200 ? ExitCode::ok : ExitCode::tests_failed;
}

}  // namespace

void add_worker_commands(CLI::App& program, Context& context, Action& action) {
  CLI::App* worker = program.add_subcommand("worker", "Run a worker until SIGTERM; a second signal forces.");
  worker->add_option("--config", context.config_file, "YAML file");
  worker->add_option("--set", context.sets, "key=value, over everything else")->take_all();
  worker->callback([&] { action = [&] { return work(context); }; });

  auto health_url = std::make_shared<std::string>();
  auto ready = std::make_shared<bool>(false);
  CLI::App* health = program.add_subcommand("healthcheck", "Ask a running worker how it is: exit 0 when well.");
  health->add_option("--config", context.config_file, "YAML file");
  health->add_option("--set", context.sets, "key=value")->take_all();
  health->add_option("--url", *health_url, "http://host:port of the worker's health server");
  health->add_flag("--ready", *ready, "ask whether it can take work, not only whether it moves");
  health->callback([&, health_url, ready] { action = [&, health_url, ready] { return check_health(context, *health_url, *ready); }; });

  auto options = std::make_shared<FakeOptions>();
  CLI::App* fake = program.add_subcommand("fake-provider", "Run the stand-in for model vendors; prints its URL.");
  fake->add_option("--host", options->host, "address to listen on");
  fake->add_option("--port", options->port, "0: the system chooses");
  fake->add_option("--script", options->script_file, "JSON: latencies, faults, replies, bills");
  fake->callback([&, options] { action = [options] { return serve_fake(*options); }; });
}

}  // namespace assay::cli
