#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "config/settings.hpp"

namespace assay::config {

/// One written value; in a map of headers it has a name.
struct Item {
  std::string text;
  std::string name;
};

/// What a key takes.
enum class Shape {
  one,         ///< a single value
  many,        ///< a list
  named,       ///< a map of names to values
  named_lists  ///< a map of names to lists, or to single values; a name has as many items as its list
};

/// One setting: where it is written, what it takes, and how it gets into Settings.
struct Key {
  std::string path;      ///< "worker.slots"
  std::string expected;  ///< "a whole number from 1 to 100000": completes "expected …, got …"
  std::string help;
  Shape shape = Shape::one;
  bool secret = false;       ///< its values are shown as fingerprints, and may come from a file
  bool hides = false;        ///< its values are not shown in faults: people put keys there by mistake
  bool expands = false;      ///< ${NAME} in the file stands for an environment variable
  bool seldom = false;       ///< shown only when something has set it
  bool first = false;        ///< put in before the others, which may then change what it brought
  bool of_the_file = false;  ///< has no variable: its path holds a name that people chose freely

  /// Other environment variables that give it. Ours and DATABASE_URL come before the file; those that other tools share
  /// only fill what the file leaves open.
  std::vector<std::string> own_names, shared_names;
  /// What a shared variable means to this key, where other tools write it otherwise. Null: what it says.
  std::function<std::string(const std::string&)> from_shared;

  /// Puts the items in, or says what is wrong with one when `expected` does not say it.
  std::function<Result<void, std::string>(Settings&, const std::vector<Item>&)> put;
  std::function<std::string(const Settings&)> show;
  /// The limit in base units, for those that are limits.
  std::function<std::optional<double>(const Settings&)> limit;
  std::string limit_name;  ///< "worker_lease_seconds"
};

/// Every key there is, given the names of the providers and models; Settings has them in this order.
std::vector<Key> all_keys(const Settings& named);

/// The fields of a provider, for recognising `ASSAY_PROVIDERS_<NAME>_<FIELD>`.
const std::vector<std::string>& provider_fields();

/// The program's own list of providers. They need only a key.
std::vector<ProviderSettings> built_in_providers();

/// routing::canonical_provider(): "gemini" for "google". Settings are stored and looked up under it.
std::string canonical_provider(std::string_view name);

/// Lower-case letters, digits, "-" and "_", starting with a letter, at most 63.
bool is_provider_name(std::string_view name);

/// ASSAY_WORKER_SLOTS for worker.slots: upper case, everything else an underscore.
std::string environment_name(std::string_view path);

}  // namespace assay::config
