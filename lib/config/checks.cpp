#include "config/checks.hpp"

#include <algorithm>
#include <array>

#include "config/values.hpp"

namespace assay::config {
namespace {

const Assignment* decided(const Draft& draft, const std::string& path) {
  const auto found = draft.decided.find(path);
  return found == draft.decided.end() ? nullptr : &found->second;
}

/// `smaller` must be below `larger`, or at most equal.
struct Order {
  const char* smaller;
  Duration (*small_of)(const Settings&);
  const char* larger;
  Duration (*large_of)(const Settings&);
  bool may_equal;
};

const std::array<Order, 8> orders = {{
    {"worker.renewal", [](const Settings& s) { return s.worker.renewal; }, "worker.cutoff",
     [](const Settings& s) { return s.worker.cutoff; }, false},
    {"worker.cutoff", [](const Settings& s) { return s.worker.cutoff; }, "worker.lease",
     [](const Settings& s) { return s.worker.lease; }, false},
    {"worker.poll", [](const Settings& s) { return s.worker.poll; }, "worker.poll_listening",
     [](const Settings& s) { return s.worker.poll_listening; }, true},
    {"worker.grace_margin", [](const Settings& s) { return s.worker.grace_margin; }, "worker.grace",
     [](const Settings& s) { return s.worker.grace; }, true},
    {"retry.backoff", [](const Settings& s) { return s.retry.backoff; }, "retry.backoff_cap",
     [](const Settings& s) { return s.retry.backoff_cap; }, true},
    {"retry.wait_in_place", [](const Settings& s) { return s.retry.wait_in_place; }, "retry.wait_cap",
     [](const Settings& s) { return s.retry.wait_cap; }, true},
    {"breaker.open", [](const Settings& s) { return s.breaker.open; }, "breaker.open_cap",
     [](const Settings& s) { return s.breaker.open_cap; }, true},
    {"timeouts.connect", [](const Settings& s) { return s.timeouts.connect; }, "timeouts.total",
     [](const Settings& s) { return s.timeouts.total; }, true},
}};

void check_orders(Draft& draft, const Lines& lines) {
  for (const Order& order : orders) {
    const Duration small = order.small_of(draft.settings);
    const Duration large = order.large_of(draft.settings);
    if (small < large || (order.may_equal && small == large)) continue;
    complain(draft, lines, {order.smaller, order.larger},
             std::string(order.smaller) + " (" + to_text(small) + ") must be " +
                 (order.may_equal ? "at most " : "below ") + order.larger + " (" + to_text(large) + ")");
  }
}

bool set_anything(const Draft& draft, const std::string& prefix) {
  const auto next = draft.decided.lower_bound(prefix);
  return next != draft.decided.end() && next->first.starts_with(prefix);
}

void check_proxy(Draft& draft, const Lines& lines) {
  const ProxySettings& proxy = draft.settings.proxy;
  const bool wanted = draft.settings.mode != ExecutorMode::native;
  if (wanted && proxy.base_url.empty()) {
    complain(draft, lines, {"executor.mode"}, "this mode needs proxy.base_url (or LITELLM_PROXY_URL)");
  }
  if (wanted && proxy.auth == Auth::key && proxy.api_key.empty()) {
    complain(draft, lines, {"executor.mode"},
             "this mode needs proxy.api_key (or LITELLM_API_KEY), or proxy.auth: none if the proxy asks for no key");
  }
  if (!wanted && !proxy.base_url.empty()) {
    complain(draft, lines, {"proxy.base_url"}, "not used while executor.mode is native", Fault::Severity::warning);
  }
}

std::string first_set(const Draft& draft, const std::string& prefix) {
  const auto next = draft.decided.lower_bound(prefix);
  return next != draft.decided.end() && next->first.starts_with(prefix) ? next->first : prefix;
}

bool already_told(const Draft& draft, const std::string& path) {
  return std::any_of(draft.faults.begin(), draft.faults.end(),
                     [&path](const Fault& fault) { return fault.message.starts_with(path + ":"); });
}

void check_providers(Draft& draft, const Lines& lines) {
  const std::vector<ProviderSettings> providers = draft.settings.providers;
  for (const ProviderSettings& provider : providers) {
    const std::string prefix = "providers." + provider.name + ".";
    if (provider.base_url.empty() && !provider.built_in && !already_told(draft, prefix + "base_url")) {
      complain(draft, lines, {first_set(draft, prefix)}, "provider " + provider.name + " needs a base_url");
    }
    const bool signs = !provider.key_id.empty() && !provider.secret_key.empty();
    const bool needs_key = !provider.built_in && provider.auth == Auth::key && provider.api_key.empty() && !signs;
    const bool told = already_told(draft, prefix + "api_key") || already_told(draft, prefix + "api_key_env") ||
                      already_told(draft, prefix + "api_key_file");
    if (!needs_key || told || !set_anything(draft, prefix)) continue;
    complain(draft, lines, {first_set(draft, prefix)},
             "provider " + provider.name + " has no key: set " + provider.key_names.front() +
                 ", api_key_env, api_key_file, or auth: none",
             Fault::Severity::warning);
  }
}

/// The three ways to give one key, with the members they fill.
struct KeyWays {
  std::string prefix;
  std::string& from_variable;
  std::string& from_file;
  Secret& key;
};

Rank rank_of(const Draft& draft, const std::string& path) {
  return draft.decided.at(path).rank;
}

/// The paths of the strongest source; more than one is a conflict.
std::vector<std::string> strongest(const Draft& draft, const std::string& prefix) {
  std::vector<std::string> best;
  for (const char* name : {"api_key", "api_key_env", "api_key_file"}) {
    const std::string path = prefix + name;
    if (decided(draft, path) == nullptr) continue;
    if (!best.empty() && rank_of(draft, path) < rank_of(draft, best.front())) continue;
    if (!best.empty() && rank_of(draft, path) > rank_of(draft, best.front())) best.clear();
    best.push_back(path);
  }
  return best;
}

/// Takes the secret that `way` names. The name itself is not shown: people put keys there by mistake.
void follow(Draft& draft, const Sources& sources, const Lines& lines, const std::string& path, const KeyWays& ways) {
  const bool by_variable = path.ends_with("_env");
  const std::string& name = by_variable ? ways.from_variable : ways.from_file;
  if (by_variable && !is_variable_name(name)) {
    draft.decided.at(path).written.clear();
    return complain(draft, lines, {path}, "expected the name of an environment variable");
  }
  if (by_variable) {
    const auto found = sources.environment.find(name);
    if (found == sources.environment.end() || found->second.empty()) {
      return complain(draft, lines, {path}, "the environment has no variable " + name);
    }
    ways.key = Secret(found->second);
  } else {
    const auto text = secret_text(sources, name);
    if (!text) return complain(draft, lines, {path}, text.error());
    ways.key = Secret(*text);
  }
  Assignment source = draft.decided.at(path);
  source.via.push_back(by_variable ? "${" + name + "}" : name);
  draft.decided.insert_or_assign(ways.prefix + "api_key", std::move(source));
}

/// With auth: none, a key that lies around in the environment is left there; one that was set here is a contradiction.
void keep_or_drop(Draft& draft, const Lines& lines, const KeyWays& ways, Auth auth) {
  if (auth == Auth::key || ways.key.empty()) return;
  if (rank_of(draft, ways.prefix + "api_key") != Rank::shared_environment) {
    complain(draft, lines, {ways.prefix + "auth"}, "a key is given too; with auth: none it would not be sent");
  }
  ways.key = Secret();
  draft.decided.erase(ways.prefix + "api_key");
}

void find_key(Draft& draft, const Sources& sources, const Lines& lines, const KeyWays& ways) {
  const std::vector<std::string> paths = strongest(draft, ways.prefix);
  if (paths.empty()) return;
  if (paths.size() > 1) return complain(draft, lines, {paths[1]}, "the key is given twice, also by " + paths[0]);
  if (!paths.front().ends_with("api_key")) follow(draft, sources, lines, paths.front(), ways);
}

}  // namespace

void complain(Draft& draft, const Lines& lines, const std::vector<std::string>& paths, std::string message,
              Fault::Severity severity) {
  Fault fault;
  fault.place.source = "configuration";
  for (const std::string& path : paths) {
    const Assignment* assignment = decided(draft, path);
    if (assignment == nullptr) continue;
    fault = fault_at(*assignment, 0, message, lines);
    fault.severity = severity;
    draft.faults.push_back(std::move(fault));
    return;
  }
  fault.severity = severity;
  fault.message = paths.front() + ": " + message;
  draft.faults.push_back(std::move(fault));
}

void derive(Draft& draft) {
  WorkerSettings& worker = draft.settings.worker;
  const auto from_lease = [&draft](const char* path, Duration& value, Duration computed) {
    if (decided(draft, path) != nullptr || decided(draft, "worker.lease") == nullptr) return;
    value = computed;
    draft.derived_from[path] = "worker.lease";
  };
  from_lease("worker.renewal", worker.renewal, worker.lease / 4);
  from_lease("worker.cutoff", worker.cutoff, worker.lease * 3 / 4);
  for (ProviderSettings& provider : draft.settings.providers) {
    if (provider.dialect != Dialect::bedrock || !provider.base_url.empty() || provider.region.empty()) continue;
    provider.base_url = "https://bedrock-runtime." + provider.region + ".amazonaws.com";
    draft.derived_from["providers." + provider.name + ".base_url"] = "providers." + provider.name + ".region";
  }
}

void find_keys(Draft& draft, const Sources& sources, const Lines& lines) {
  const auto find = [&](const std::string& prefix, auto& owner) {
    const KeyWays ways{prefix, owner.api_key_env, owner.api_key_file, owner.api_key};
    find_key(draft, sources, lines, ways);
    keep_or_drop(draft, lines, ways, owner.auth);
  };
  find("proxy.", draft.settings.proxy);
  for (ProviderSettings& provider : draft.settings.providers) find("providers." + provider.name + ".", provider);
}

void check_together(Draft& draft, const Lines& lines) {
  check_orders(draft, lines);
  check_proxy(draft, lines);
  check_providers(draft, lines);
  check_models(draft, lines);
}

}  // namespace assay::config
