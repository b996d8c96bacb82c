#pragma once
#include <cstddef>

namespace assay::templates {

/// What a template and one rendering of it may use. Whatever exceeds one of these ends in a fault that names it.
struct Limits {
  std::size_t max_template_bytes = std::size_t{1} << 20;
  std::size_t max_depth = 64;        ///< blocks, brackets and parentheses inside one another
  std::size_t max_value_depth = 96;  ///< lists and objects inside one another, in variables too
  std::size_t max_output_bytes = std::size_t{8} << 20;
  std::size_t max_steps = 1'000'000;                    ///< instructions, elements visited, 64 units of text each one
  std::size_t max_iterations = 100'000;                 ///< turns of all loops together, numbers of range() too
  std::size_t max_built_bytes = std::size_t{64} << 20;  ///< text and lists made on the way, all together
};

}  // namespace assay::templates
