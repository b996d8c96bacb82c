#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace assay::catalogue {

/// What is known of one model of one provider, its price apart: that stands in the price book under the same names.
struct ModelCard {
  enum class Mode {
    chat,
    embedding,
    responses  ///< a chat that is served by OpenAI's responses format only
  };
  enum class Lifecycle {
    current,
    deprecated,  ///< its vendor has named its last day
    retired      ///< that day is past, or the source has dropped it
  };

  std::string provider, model;
  Mode mode = Mode::chat;
  Lifecycle lifecycle = Lifecycle::current;
  std::optional<Day> until{};      ///< the last day that its vendor named
  std::vector<std::string> can{};  ///< streaming, tools, json_schema, seed, reasoning, vision, prompt_caching
  std::string source;
};
std::string_view to_string(ModelCard::Mode mode);
std::string_view to_string(ModelCard::Lifecycle lifecycle);

/// Reads the format that heads lib/catalogue/book/models.tsv. The error names the line.
Result<std::vector<ModelCard>, std::string> parse_cards(std::string_view tsv);

/// The program's own, by provider and model.
std::vector<ModelCard> product_cards();

/// Null when there is none. Provider names as in routing::canonical_provider().
const ModelCard* find_card(const std::vector<ModelCard>& cards, std::string_view provider, std::string_view model);

}  // namespace assay::catalogue
