#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace assay::config {

/// Everything an operator can decide, with the defaults of the design. Plain values: the program maps them to what its
/// parts take. The keys, their meaning and their bounds stand in keys.cpp.

struct WorkerSettings {
  std::string name;  ///< shown to people; empty: made from host and process
  std::vector<std::string> queues = {"default"};
  std::int32_t slots = 256;        ///< calls in flight
  std::int32_t claim_batch = 100;  ///< shares a claim may take
  Duration lease = std::chrono::seconds(60);
  Duration renewal = std::chrono::seconds(15);  ///< a quarter of the lease unless set
  Duration cutoff = std::chrono::seconds(45);   ///< three quarters of the lease unless set
  Duration control = std::chrono::seconds(1);
  Duration sweep = std::chrono::seconds(5);
  Duration poll = std::chrono::seconds(1);
  Duration poll_listening = std::chrono::seconds(30);
  Duration grace = std::chrono::seconds(30);
  Duration grace_margin = std::chrono::seconds(2);
};

struct RetrySettings {
  std::int32_t max_calls = 6;                         ///< per cell, in all
  Duration backoff = std::chrono::milliseconds(500);  ///< doubled each time, full jitter
  Duration backoff_cap = std::chrono::seconds(8);
  Duration wait_in_place = std::chrono::seconds(10);  ///< a longer Retry-After puts the share back
  Duration wait_cap = std::chrono::hours(1);
};

struct BreakerSettings {
  Duration window = std::chrono::seconds(60);
  std::int32_t min_failures = 5;
  double failure_ratio = 0.5;
  Duration open = std::chrono::seconds(30);
  Duration open_cap = std::chrono::minutes(5);
};

struct TimeoutSettings {
  Duration total = std::chrono::seconds(120);
  Duration connect = std::chrono::seconds(5);
};

struct LimitSettings {
  std::int64_t response_body = std::int64_t{16} << 20;  ///< bytes, decompressed
  std::int64_t stored_text = std::int64_t{1} << 20;     ///< bytes of an answer that are kept
  std::int64_t heavy_answer = std::int64_t{256} << 10;  ///< bytes above which an answer is judged off the loop
  std::int32_t json_depth = 64;
};

/// What an assertion may do.
struct JudgeSettings {
  enum class Javascript { off, sandboxed };
  Javascript javascript = Javascript::off;  ///< code of a suite's author: only where the operator allows it
  Duration javascript_time = std::chrono::seconds(2);
  std::int64_t javascript_memory = std::int64_t{64} << 20;  ///< bytes of a script's heap
};

struct DefaultSettings {
  std::int32_t max_tokens = 4096;
  double temperature = 0;
};

enum class ExecutorMode {
  native,     ///< straight to the vendors
  proxy,      ///< through the upstream proxy
  hybrid,     ///< straight where there is a key, through the proxy otherwise
  proxy_only  ///< through the proxy, and direct calls are refused
};

/// The wire format a provider speaks.
enum class Dialect { openai, anthropic };

/// How a provider knows us.
enum class Auth {
  key,
  none  ///< it asks for no key; only then may a call travel without one
};

struct ProviderSettings {
  std::string name;
  Dialect dialect = Dialect::openai;
  std::string base_url;
  Auth auth = Auth::key;
  Secret api_key;                      ///< empty: none is known; calls end before any network use
  std::vector<std::string> key_names;  ///< the environment variables that would have given the key, for messages
  std::string api_key_env, api_key_file;
  std::vector<std::pair<std::string, Secret>> headers;
  bool built_in = false;  ///< nobody configured it: it stands in the program's own list
};

/// The upstream proxy: an OpenAI-compatible gateway. Nothing is assumed about where it is.
struct ProxySettings {
  std::string base_url;  ///< empty: there is none
  Auth auth = Auth::key;
  Secret api_key;
  std::string api_key_env, api_key_file;
  std::vector<std::pair<std::string, Secret>> headers;
};

/// Where the health server listens. Port 0: the system chooses, and the start says which.
struct ListenAddress {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
};

enum class LogLevel { debug, info, warn, error };
enum class LogFormat { automatic, logfmt, json };

struct LogSettings {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::automatic;  ///< logfmt on a terminal, JSON otherwise
};

struct Settings {
  Secret database_url;  ///< may be a pooler in transaction mode
  Secret direct_url;    ///< for LISTEN and migrate; empty: database_url
  std::string schema = "assay";
  WorkerSettings worker;
  RetrySettings retry;
  BreakerSettings breaker;
  TimeoutSettings timeouts;
  LimitSettings limits;
  JudgeSettings judge;
  DefaultSettings defaults;
  ExecutorMode mode = ExecutorMode::native;
  ProxySettings proxy;
  std::vector<ProviderSettings> providers;  ///< the program's own and the configured ones, by name
  ListenAddress health;
  LogSettings log;

  const ProviderSettings* provider(std::string_view name) const;
};

}  // namespace assay::config
