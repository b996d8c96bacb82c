#include "worker/map_settings.hpp"

#include <string>
#include <utility>

#include "base/version.hpp"
#include "javascript/sandbox.hpp"

namespace assay {
namespace {

std::chrono::milliseconds in_milliseconds(Duration duration) { return std::chrono::duration_cast<std::chrono::milliseconds>(duration); }

}  // namespace

engine::Settings engine_settings(const config::Settings& settings) {
  engine::Settings engine;
  engine.slots = settings.worker.slots;
  engine.claim_batch = settings.worker.claim_batch;
  engine.cutoff = settings.worker.cutoff;
  engine.renew_every = settings.worker.renewal;
  engine.control_every = settings.worker.control;
  engine.sweep_every = settings.worker.sweep;
  engine.poll = settings.worker.poll;
  engine.poll_hinted = settings.worker.poll_listening;
  engine.grace = settings.worker.grace;
  engine.grace_margin = settings.worker.grace_margin;
  engine.call_timeout = settings.timeouts.total;
  engine.stored_text_bytes = static_cast<std::size_t>(settings.limits.stored_text);
  engine.stored_raw_bytes = static_cast<std::size_t>(settings.limits.stored_raw);
  engine.response_bytes = static_cast<std::size_t>(settings.limits.response_body);
  engine.heavy_bytes = static_cast<std::size_t>(settings.limits.heavy_answer);
  if (settings.judge.javascript == config::JudgeSettings::Javascript::sandboxed) {
    javascript::Limits limits;
    limits.time = settings.judge.javascript_time;
    limits.memory_bytes = static_cast<std::size_t>(settings.judge.javascript_memory);
    engine.suite_bounds.scripts = std::make_shared<const javascript::Sandbox>(javascript::sandbox_program(), limits);
  }
  engine.default_max_tokens = settings.defaults.max_tokens;
  engine.default_temperature = settings.defaults.temperature;
  engine.stream = settings.defaults.stream;
  engine.first_token_timeout = settings.timeouts.first_token;
  engine.stall_timeout = settings.timeouts.stall;
  engine.retry.calls = settings.retry.max_calls;
  engine.retry.backoff = in_milliseconds(settings.retry.backoff);
  engine.retry.backoff_cap = in_milliseconds(settings.retry.backoff_cap);
  engine.retry.in_place = in_milliseconds(settings.retry.wait_in_place);
  engine.retry.wake_cap = in_milliseconds(settings.retry.wait_cap);
  return engine;
}

curl::Settings transport_settings(const config::Settings& settings) {
  curl::Settings transport;
  transport.connect_timeout = settings.timeouts.connect;
  transport.user_agent = "assay/" + std::string(version);
  return transport;
}

postgres::PostgresJobQueue::Options queue_options(const config::Settings& settings) {
  postgres::PostgresJobQueue::Options options;
  options.url = std::string(settings.database_url.reveal());
  options.direct_url = std::string(settings.direct_url.reveal());
  options.schema = postgres::Schema(settings.schema);
  options.queues = settings.worker.queues;
  options.lease = settings.worker.lease;
  return options;
}

std::vector<const Secret*> every_secret(const config::Settings& settings) {
  std::vector<const Secret*> secrets{&settings.database_url};
  if (!settings.direct_url.empty()) secrets.push_back(&settings.direct_url);
  for (const config::ProviderSettings& provider : settings.providers) {
    for (const Secret* key : {&provider.api_key, &provider.secret_key, &provider.session_token}) {
      if (!key->empty()) secrets.push_back(key);
    }
    for (const auto& [name, value] : provider.headers) secrets.push_back(&value);
  }
  if (!settings.proxy.api_key.empty()) secrets.push_back(&settings.proxy.api_key);
  for (const auto& [name, value] : settings.proxy.headers) secrets.push_back(&value);
  return secrets;
}

}  // namespace assay
