#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "pricing/price.hpp"
#include "providers/deployment.hpp"

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
  Duration first_token{};                     ///< of a streamed answer; zero: no limit of its own
  Duration stall = std::chrono::seconds(60);  ///< between two pieces of one; zero: no limit of its own
};

struct LimitSettings {
  std::int64_t response_body = std::int64_t{16} << 20;  ///< bytes, decompressed
  std::int64_t stored_text = std::int64_t{1} << 20;     ///< bytes of an answer that are kept
  std::int64_t stored_raw = 0;                          ///< bytes of an answer's body that are kept as they came
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
  bool stream = false;  ///< answers come piece by piece where a suite does not say
  std::string embedding_model;  ///< whom `assay embed` asks; empty: it must be named
};

enum class ExecutorMode {
  native,     ///< straight to the vendors
  proxy,      ///< through the upstream proxy
  hybrid,     ///< straight where there is a key, through the proxy otherwise
  proxy_only  ///< through the proxy, and direct calls are refused
};

/// What is done when a model's own vendor cannot answer.
enum class NativeFallback {
  none,
  proxy  ///< the proxy is asked
};

/// The wire format a provider speaks.
using Dialect = providers::DialectKind;

/// How a provider knows us.
enum class Auth {
  key,
  none  ///< it asks for no key; only then may a call travel without one
};

struct ProviderSettings {
  std::string name;
  std::string vendor;  ///< whose price list counts, and whose profile is the start; empty: the name
  Dialect dialect = Dialect::openai_chat;
  std::string base_url;  ///< empty only for built-in ones: nobody has said where it is
  std::string api_version, region;
  Auth auth = Auth::key;
  Secret api_key;                      ///< empty: none is known; calls end before any network use
  std::string key_id;                  ///< AWS: with it and secret_key requests are signed, unless there is an api_key
  Secret secret_key, session_token;    ///< AWS
  std::int64_t context_tokens = 0;     ///< Ollama: asked for with every call; 0: the server's own
  providers::Profile profile;          ///< openai only
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

/// A model that people name and the program does not know, or knows otherwise.
struct ModelSettings {
  /// Prices as written: dollars for what `unit` says, by the classes of pricing::Rates.
  struct Prices {
    std::string input, cached_read, cache_write_5m, cache_write_1h, output, reasoning;
    std::string unit;  ///< "per_token", "per_thousand", "per_million"; there is no default
    std::string source = "configuration";
  };

  std::string name, provider;
  std::string model;          ///< as the provider names it; empty: the name
  std::string mode = "chat";  ///< "chat", "embedding"
  Prices prices;
  std::optional<pricing::Rates> rates;  ///< made of them; empty when there are none
  std::int64_t context_tokens = 0, max_output_tokens = 0, requests_per_minute = 0,
               tokens_per_minute = 0;  ///< 0: unknown
  std::vector<std::string> task_types;
  std::string lifecycle = "current";  ///< "current", "deprecated", "retired"
};

/// Which models stand in for one, in this order.
using Fallbacks = std::vector<std::pair<std::string, std::vector<std::string>>>;

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
  std::vector<std::string> native_prefixes;  ///< in mode hybrid: what does not begin so is the proxy's; empty: no rule
  NativeFallback native_fallback = NativeFallback::none;
  ProxySettings proxy;
  std::vector<ProviderSettings> providers;                   ///< the program's own and the configured ones, by name
  std::vector<ModelSettings> models;                         ///< in the order written
  std::vector<std::pair<std::string, std::string>> aliases;  ///< name, what it stands for
  Fallbacks fallbacks;
  ListenAddress health;
  LogSettings log;

  const ProviderSettings* provider(std::string_view name) const;  ///< "google" is "gemini"
  std::vector<std::string> fallbacks_of(std::string_view model) const;
};

}  // namespace assay::config
