#include "config/keys.hpp"

#include <algorithm>

#include "config/key_makers.hpp"

namespace assay::config {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kib = 1024;
constexpr std::int64_t mib = 1024 * kib;

/// Adds the keys of one section, so that paths are not written twice.
class Section {
 public:
  Section(std::vector<Key>& keys, std::string prefix) : keys_(keys), prefix_(std::move(prefix)) {}

  template <class Maker, class Member, class... Rest>
  Key& add(Maker maker, const char* name, Member at, Rest... rest) {
    keys_.push_back(maker(prefix_ + name, at, rest...));
    return keys_.back();
  }

 private:
  std::vector<Key>& keys_;
  std::string prefix_;
};

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
  Section limits(keys, "limits.");
  limits.add(
      size_key, "response_body", [](Settings& s) -> std::int64_t& { return s.limits.response_body; }, kib, 1024 * mib,
      "of an answer, decompressed; a larger one is an error");
  limits.add(
      size_key, "stored_text", [](Settings& s) -> std::int64_t& { return s.limits.stored_text; }, kib, 256 * mib,
      "of an answer that is kept; all of it is judged");
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
}

void add_proxy(std::vector<Key>& keys) {
  keys.push_back(choice_key<ExecutorMode>(
      "executor.mode", [](Settings& s) -> ExecutorMode& { return s.mode; },
      {{"native", ExecutorMode::native},
       {"proxy", ExecutorMode::proxy},
       {"hybrid", ExecutorMode::hybrid},
       {"proxy_only", ExecutorMode::proxy_only}},
      "straight to the vendors, or through the upstream proxy"));
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

/// OPENAI for openai: the beginning of the names that vendors' own tools read.
std::string vendor_prefix(std::string_view provider) {
  return environment_name(provider).substr(std::string_view("ASSAY_").size());
}

std::vector<std::string> shared_key_names(std::string_view provider) {
  const std::string prefix = vendor_prefix(provider);
  std::vector<std::string> names = {prefix + "_API_KEY", prefix + "_KEY"};
  if (provider == "google") names.emplace_back("GEMINI_API_KEY");
  return names;
}

void add_provider(std::vector<Key>& keys, const std::string& name, std::size_t index) {
  const auto own = [index](Settings& s) -> ProviderSettings& { return s.providers[index]; };
  Section section(keys, "providers." + name + ".");
  keys.push_back(choice_key<Dialect>(
      "providers." + name + ".dialect", [own](Settings& s) -> Dialect& { return own(s).dialect; },
      {{"openai", Dialect::openai}, {"anthropic", Dialect::anthropic}}, "the wire format it speaks"));
  section.add(
      url_key, "base_url", [own](Settings& s) -> std::string& { return own(s).base_url; }, "");
  section
      .add(
          secret_key, "api_key", [own](Settings& s) -> Secret& { return own(s).api_key; }, "")
      .shared_names = shared_key_names(name);
  section
      .add(
          text_key, "api_key_env", [own](Settings& s) -> std::string& { return own(s).api_key_env; },
          "the environment variable that holds the key")
      .hides = true;
  section
      .add(
          text_key, "api_key_file", [own](Settings& s) -> std::string& { return own(s).api_key_file; },
          "the file that holds the key")
      .hides = true;
  keys.push_back(choice_key<Auth>(
      "providers." + name + ".auth", [own](Settings& s) -> Auth& { return own(s).auth; },
      {{"key", Auth::key}, {"none", Auth::none}}, "none: it asks for no key"));
  section.add(
      headers_key, "headers",
      [own](Settings& s) -> std::vector<std::pair<std::string, Secret>>& { return own(s).headers; },
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

ProviderSettings built_in(const char* name, Dialect dialect, const char* base_url) {
  ProviderSettings provider;
  provider.name = name;
  provider.dialect = dialect;
  provider.base_url = base_url;
  provider.built_in = true;
  return provider;
}

}  // namespace

std::vector<Key> all_keys(const std::vector<ProviderSettings>& providers) {
  std::vector<Key> keys;
  add_database(keys);
  add_worker(keys);
  add_retry(keys);
  add_breaker(keys);
  add_limits(keys);
  add_proxy(keys);
  for (std::size_t i = 0; i < providers.size(); ++i) add_provider(keys, providers[i].name, i);
  add_telemetry(keys);
  return keys;
}

const std::vector<std::string>& provider_fields() {
  static const std::vector<std::string> fields = {"api_key_file", "api_key_env", "base_url",
                                                  "api_key",      "dialect",     "auth"};
  return fields;
}

// Google speaks OpenAI's format under this path; its own format is another dialect.
std::vector<ProviderSettings> built_in_providers() {
  return {built_in("anthropic", Dialect::anthropic, "https://api.anthropic.com"),
          built_in("google", Dialect::openai, "https://generativelanguage.googleapis.com/v1beta/openai"),
          built_in("groq", Dialect::openai, "https://api.groq.com/openai/v1"),
          built_in("openai", Dialect::openai, "https://api.openai.com/v1"),
          built_in("together", Dialect::openai, "https://api.together.xyz/v1")};
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
