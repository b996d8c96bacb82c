#pragma once
#include <string>
#include <vector>

#include "config/keys.hpp"
#include "config/sources.hpp"
#include "source/fault.hpp"
#include "yaml/tree.hpp"

namespace assay::config {

using source::Fault;
using source::Lines;
using source::Place;

/// Who wins when several sources give one key: the later in this list.
enum class Rank {
  shared_environment,  ///< variables that other tools share: OPENAI_API_KEY, LITELLM_PROXY_URL
  file,
  environment,  ///< ours, and DATABASE_URL
  command_line
};

/// One key, given a value by one source.
struct Assignment {
  const Key* key = nullptr;
  Rank rank = Rank::file;
  Place place;                       ///< of the value
  std::vector<Item> items;           ///< references expanded
  std::vector<Place> item_places;    ///< as many as items
  std::vector<std::string> written;  ///< as many as items, as the source has them
  std::vector<std::string> via;      ///< environment variables and files that its value came through
};

struct Collected {
  std::vector<Assignment> assignments;  ///< in the order of their ranks
  std::vector<Fault> faults;            ///< errors and warnings
};

/// The providers that any source names, after the program's own list, sorted by name.
std::vector<ProviderSettings> name_providers(const Sources& sources, const yaml::Tree& tree,
                                             std::vector<Fault>& faults);

/// The models that the file names, in its order.
std::vector<ModelSettings> name_models(const yaml::Tree& tree, std::vector<Fault>& faults);

/// Finds what the sources say about the keys: unknown keys and variables, values of the wrong shape, references to
/// nothing, and variables that disagree are faults.
Collected collect(const Sources& sources, const yaml::Tree& tree, const std::vector<Key>& keys, const Lines& lines);

/// The secret in a file, without its line's end. The error says what is wrong; it shows the path only if it looks like
/// one.
Result<std::string, std::string> secret_text(const Sources& sources, const std::string& path);

/// A fault at one value of an assignment, with its line. Secrets are not shown.
Fault fault_at(const Assignment& assignment, std::size_t item, std::string message, const Lines& lines);

}  // namespace assay::config
