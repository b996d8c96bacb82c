#pragma once
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "routing/router.hpp"
#include "runtime/random.hpp"

namespace assay::testing {

/// A secret that no other text resembles. `core` is what of it is random: any ten letters in a row of it are a find.
struct Canary {
  std::string name, value, core;
};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}
  Canary make(const std::string& name, const std::string& prefix);

 private:
  Random random_;
};

/// Where letters of canaries stand in a text.
class Search {
 public:
  static constexpr std::size_t window = 10;
  void learn(const Canary& canary);
  /// The names of those found, each with the text around its first.
  std::map<std::string, std::string> find(std::string_view text) const;
  std::size_t canaries() const { return canaries_; }

 private:
  std::unordered_map<std::string, std::string> windows_;
  std::size_t canaries_ = 0;
};

/// A provider of the configuration, one of the shapes that the product knows. Its secrets share its number.
struct CanaryProvider {
  std::string name, dialect, more;  ///< more: lines of YAML
  bool is_signed = false;           ///< AWS: secret key and session token
  std::vector<Canary> secrets;      ///< key, header, session token
  std::string model() const { return name + "/" + name + "-model"; }
};

/// At least so many secrets; the first `shapes` providers have one shape each.
std::vector<CanaryProvider> make_providers(Maker& maker, std::size_t canaries, const std::string& name);
inline constexpr std::size_t shapes = 9;

/// Its lines under `providers:`, and the same for a program.
std::string yaml_of(const CanaryProvider& provider, const std::string& url);
routing::ProviderSettings settings_of(const CanaryProvider& provider, const std::string& url);

}  // namespace assay::testing
