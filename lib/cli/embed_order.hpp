#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::cli {

/// Texts to be turned into vectors.
struct EmbedOrder {
  std::string model;  ///< empty: the one of defaults.embedding_model
  std::vector<std::string> texts;
  std::optional<std::int64_t> dimensions;
};

}  // namespace assay::cli
