#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pricing/price.hpp"
#include "source/fault.hpp"

namespace assay::catalogue {

/// One entry of a LiteLLM proxy's `model_list`: a public name and what stands behind it.
struct LitellmModel {
  std::string name;                 ///< model_name
  std::string provider, model;      ///< of litellm_params.model, by our provider names
  bool only_through_proxy = false;  ///< a provider that Assay does not speak to itself
  std::string key;  ///< "os.environ/NAME" as written; "(secret, fingerprint …)" for one written out; empty: none
  std::string base_url, api_version;  ///< as written, references too; "(hidden)" for an address that holds a password
  std::optional<std::int64_t> requests_per_minute{}, tokens_per_minute{};
  std::optional<pricing::Rates> rates{};  ///< the file's own, of input and output
  source::Place place;
};

/// A LiteLLM proxy's configuration, as far as it names models. References to the environment stay references: nothing
/// of it is looked up.
struct LitellmFile {
  std::vector<LitellmModel> models;  ///< in the file's order; names may repeat
  std::vector<std::pair<std::string, std::vector<std::string>>> fallbacks;
  std::string master_key;  ///< shown as a model's key is
  std::vector<source::Fault> errors, warnings;
};

/// Reads one, whatever else it holds. Errors: broken YAML, no model_list, an entry without name or model, a prefix that
/// nobody knows. Warnings: a provider that only the proxy can reach, a key written out, a price a hundred times off.
LitellmFile read_litellm(const std::string& source, std::string_view yaml);

/// Whether a YAML text is such a file: it has a model_list at its top.
bool is_litellm(std::string_view yaml);

/// "name.provider = …" and so on, a line each.
std::string to_text(const LitellmFile& file);

}  // namespace assay::catalogue
