#include "config/keys.hpp"

#include <algorithm>

#include "config/key_makers.hpp"
#include "config/sections.hpp"

namespace assay::config {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kib = 1024;
constexpr std::int64_t mib = 1024 * kib;

void add_database(std::vector<Key>& keys) {
  Section section(keys, "");
  section
      .add(
          secret_key, "database_url", [](Settings& s) -> Secret& { return s.database_url; },
          "the database; a pooler in transaction mode will do")
      .own_names = {"DATABASE_URL"};
  section.add(
      secret_key, "direct_url", [](Settings& s) -> Secret& { return s.direct_url; },
      "the same database without the pooler, for LISTEN and migrate");
  section.add(
      identifier_key, "schema", [](Settings& s) -> std::string& { return s.schema; },
      "prefix of the three database schemas");
}

void add_worker(std::vector<Key>& keys) {
  Section section(keys, "worker.");
  section.add(
      text_key, "name", [](Settings& s) -> std::string& { return s.worker.name; },
      "shown to people; made from host and process when empty");
  section.add(
      names_key, "queues", [](Settings& s) -> std::vector<std::string>& { return s.worker.queues; },
      "claimed from, all alike");
  section.add(
      integer_key, "slots", [](Settings& s) -> std::int32_t& { return s.worker.slots; }, 1, 100'000, "calls in flight");
  section.add(
      integer_key, "claim_batch", [](Settings& s) -> std::int32_t& { return s.worker.claim_batch; }, 1, 10'000,
      "shares one claim may take");
  section.add(
      duration_key, "lease", [](Settings& s) -> Duration& { return s.worker.lease; }, 1s, 1h,
      "how long a share is ours without a renewal");
  section.add(
      duration_key, "renewal", [](Settings& s) -> Duration& { return s.worker.renewal; }, 100ms, 1h,
      "between renewals; a quarter of the lease unless set");
  section.add(
      duration_key, "cutoff", [](Settings& s) -> Duration& { return s.worker.cutoff; }, 100ms, 1h,
      "after the last renewal, calls are cut; three quarters of the lease unless set");
  section.add(
      duration_key, "control", [](Settings& s) -> Duration& { return s.worker.control; }, 50ms, 1min,
      "between looks for cancels and pauses");
  section.add(
      duration_key, "sweep", [](Settings& s) -> Duration& { return s.worker.sweep; }, 100ms, 10min,
      "between rescues of expired leases");
  section.add(
      duration_key, "poll", [](Settings& s) -> Duration& { return s.worker.poll; }, 10ms, 1h,
      "between looks for work when idle");
  section.add(
      duration_key, "poll_listening", [](Settings& s) -> Duration& { return s.worker.poll_listening; }, 10ms, 1h,
      "the same, while notifications arrive");
  section.add(
      duration_key, "grace", [](Settings& s) -> Duration& { return s.worker.grace; }, 0s, 1h,
      "from SIGTERM to the end of the process");
  section.add(
      duration_key, "grace_margin", [](Settings& s) -> Duration& { return s.worker.grace_margin; }, 0s, 10min,
      "calls still in flight so long before that are cut");
}

void add_retry(std::vector<Key>& keys) {
  Section section(keys, "retry.");
  section.add(
      integer_key, "max_calls", [](Settings& s) -> std::int32_t& { return s.retry.max_calls; }, 1, 100,
      "calls for one cell, in all");
  section.add(
      duration_key, "backoff", [](Settings& s) -> Duration& { return s.retry.backoff; }, 1ms, 10min,
      "first wait, doubled each time, with full jitter");
  section.add(
      duration_key, "backoff_cap", [](Settings& s) -> Duration& { return s.retry.backoff_cap; }, 1ms, 10min,
      "longest wait in the process");
  section.add(
      duration_key, "wait_in_place", [](Settings& s) -> Duration& { return s.retry.wait_in_place; }, 0s, 10min,
      "a longer Retry-After puts the share back");
  section.add(
      duration_key, "wait_cap", [](Settings& s) -> Duration& { return s.retry.wait_cap; }, 1s, 24h,
      "longest wait in the queue");
}

void add_breaker(std::vector<Key>& keys) {
  Section section(keys, "breaker.");
  section.add(
      duration_key, "window", [](Settings& s) -> Duration& { return s.breaker.window; }, 1s, 1h,
      "failures are counted in");
  section.add(
      integer_key, "min_failures", [](Settings& s) -> std::int32_t& { return s.breaker.min_failures; }, 1, 10'000,
      "failures before it opens");
  section.add(
      number_key, "failure_ratio", [](Settings& s) -> double& { return s.breaker.failure_ratio; }, 0.01, 1.0,
      "share of calls that failed before it opens");
  section.add(
      duration_key, "open", [](Settings& s) -> Duration& { return s.breaker.open; }, 100ms, 1h,
      "first time it stays open; doubled each time");
  section.add(
      duration_key, "open_cap", [](Settings& s) -> Duration& { return s.breaker.open_cap; }, 100ms, 24h,
      "longest time it stays open");
}

void add_limits(std::vector<Key>& keys) {
  Section timeouts(keys, "timeouts.");
  timeouts.add(
      duration_key, "total", [](Settings& s) -> Duration& { return s.timeouts.total; }, 100ms, 1h,
      "one call, from connect to the last byte");
  timeouts.add(
      duration_key, "connect", [](Settings& s) -> Duration& { return s.timeouts.connect; }, 10ms, 10min,
      "name, TCP and TLS");
  timeouts.add(
      duration_key, "first_token", [](Settings& s) -> Duration& { return s.timeouts.first_token; }, 0s, 1h,
      "a streamed answer's first content; 0s: no limit of its own");
  timeouts.add(
      duration_key, "stall", [](Settings& s) -> Duration& { return s.timeouts.stall; }, 0s, 1h,
      "between two pieces of a streamed answer's content; 0s: no limit of its own");
  Section limits(keys, "limits.");
  limits.add(
      size_key, "response_body", [](Settings& s) -> std::int64_t& { return s.limits.response_body; }, kib, 1024 * mib,
      "of an answer, decompressed; a larger one is an error");
  limits.add(
      size_key, "stored_text", [](Settings& s) -> std::int64_t& { return s.limits.stored_text; }, kib, 256 * mib,
      "of an answer that is kept; all of it is judged");
  limits.add(
      size_key, "stored_raw", [](Settings& s) -> std::int64_t& { return s.limits.stored_raw; }, 0, 256 * mib,
      "of an answer's body that is kept as it came, beside its text; 0: nothing; streamed answers have none");
  limits.add(
      size_key, "heavy_answer", [](Settings& s) -> std::int64_t& { return s.limits.heavy_answer; }, kib, 1024 * mib,
      "answers above are judged off the event loop");
  limits.add(
      integer_key, "json_depth", [](Settings& s) -> std::int32_t& { return s.limits.json_depth; }, 8, 1000,
      "nesting of JSON that is read");
  keys.push_back(choice_key<JudgeSettings::Javascript>(
      "judge.javascript", [](Settings& s) -> JudgeSettings::Javascript& { return s.judge.javascript; },
      {{"off", JudgeSettings::Javascript::off}, {"sandboxed", JudgeSettings::Javascript::sandboxed}},
      "assertions that are code of a suite's author: refused, or run in a process that has nothing"));
  Section judge(keys, "judge.");
  judge.add(
      duration_key, "javascript_time", [](Settings& s) -> Duration& { return s.judge.javascript_time; }, 10ms, 1min,
      "one run of such code, its process included; then it is killed");
  judge.add(
      size_key, "javascript_memory", [](Settings& s) -> std::int64_t& { return s.judge.javascript_memory; }, 8 * mib,
      1024 * mib, "what such code may hold");
  Section defaults(keys, "defaults.");
  defaults.add(
      integer_key, "max_tokens", [](Settings& s) -> std::int32_t& { return s.defaults.max_tokens; }, 1, 10'000'000,
      "of an answer, where the suite names none");
  defaults.add(
      number_key, "temperature", [](Settings& s) -> double& { return s.defaults.temperature; }, 0.0, 2.0,
      "where the suite names none");
  defaults.add(
      flag_key, "stream", [](Settings& s) -> bool& { return s.defaults.stream; },
      "answers come piece by piece where a suite does not say");
  defaults.add(
      text_key, "embedding_model", [](Settings& s) -> std::string& { return s.defaults.embedding_model; },
      "whom `assay embed` asks when it names no model");
}

void add_proxy(std::vector<Key>& keys) {
  keys.push_back(choice_key<ExecutorMode>(
      "executor.mode", [](Settings& s) -> ExecutorMode& { return s.mode; },
      {{"native", ExecutorMode::native},
       {"proxy", ExecutorMode::proxy},
       {"hybrid", ExecutorMode::hybrid},
       {"proxy_only", ExecutorMode::proxy_only}},
      "straight to the vendors, or through the upstream proxy"));
  keys.push_back(names_key(
      "executor.native_prefixes", [](Settings& s) -> std::vector<std::string>& { return s.native_prefixes; },
      "in mode hybrid: models whose names begin otherwise are the proxy's"));
  keys.push_back(choice_key<NativeFallback>(
      "executor.native_fallback", [](Settings& s) -> NativeFallback& { return s.native_fallback; },
      {{"none", NativeFallback::none}, {"proxy", NativeFallback::proxy}},
      "in mode hybrid, when a vendor cannot answer: the cell fails, or the proxy is asked"));
  Section section(keys, "proxy.");
  section
      .add(
          url_key, "base_url", [](Settings& s) -> std::string& { return s.proxy.base_url; },
          "the upstream proxy; nothing is assumed")
      .shared_names = {"LITELLM_PROXY_URL", "LITELLM_BASE_URL"};
  section
      .add(
          secret_key, "api_key", [](Settings& s) -> Secret& { return s.proxy.api_key; }, "")
      .shared_names = {"LITELLM_API_KEY", "LITELLM_MASTER_KEY"};
  section
      .add(
          text_key, "api_key_env", [](Settings& s) -> std::string& { return s.proxy.api_key_env; },
          "the environment variable that holds the key")
      .hides = true;
  section
      .add(
          text_key, "api_key_file", [](Settings& s) -> std::string& { return s.proxy.api_key_file; },
          "the file that holds the key")
      .hides = true;
  keys.push_back(choice_key<Auth>(
      "proxy.auth", [](Settings& s) -> Auth& { return s.proxy.auth; }, {{"key", Auth::key}, {"none", Auth::none}},
      "none: it asks for no key"));
  section.add(
      headers_key, "headers",
      [](Settings& s) -> std::vector<std::pair<std::string, Secret>>& { return s.proxy.headers; },
      "sent with every request");
}

void add_telemetry(std::vector<Key>& keys) {
  keys.push_back(address_key(
      "health.listen", [](Settings& s) -> ListenAddress& { return s.health; },
      "probes and metrics; port 0: the system chooses"));
  keys.push_back(choice_key<LogLevel>(
      "log.level", [](Settings& s) -> LogLevel& { return s.log.level; },
      {{"debug", LogLevel::debug}, {"info", LogLevel::info}, {"warn", LogLevel::warn}, {"error", LogLevel::error}},
      ""));
  keys.push_back(choice_key<LogFormat>(
      "log.format", [](Settings& s) -> LogFormat& { return s.log.format; },
      {{"auto", LogFormat::automatic}, {"logfmt", LogFormat::logfmt}, {"json", LogFormat::json}},
      "auto: logfmt on a terminal, JSON otherwise"));
}

}  // namespace

std::vector<Key> all_keys(const Settings& named) {
  std::vector<Key> keys;
  add_database(keys);
  add_worker(keys);
  add_retry(keys);
  add_breaker(keys);
  add_limits(keys);
  add_proxy(keys);
  for (std::size_t i = 0; i < named.providers.size(); ++i) add_provider_keys(keys, named.providers[i].name, i);
  for (std::size_t i = 0; i < named.models.size(); ++i) add_model_keys(keys, named.models[i].name, i);
  add_name_keys(keys);
  add_telemetry(keys);
  return keys;
}

bool is_provider_name(std::string_view name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  return !name.empty() && name.size() <= 63 && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(), fits);
}

std::string environment_name(std::string_view path) {
  std::string name = "ASSAY_";
  for (const char c : path) {
    const bool lower = c >= 'a' && c <= 'z';
    const bool other = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += lower ? static_cast<char>(c - 'a' + 'A') : other ? c : '_';
  }
  return name;
}

}  // namespace assay::config
