#include "similarity/limits.hpp"

namespace assay::similarity {

std::string over_limit(std::string_view what, std::uint64_t needed, std::uint64_t max_steps) {
  return std::string(what) + " needs " + std::to_string(needed) + " steps, more than " + std::to_string(max_steps);
}

}  // namespace assay::similarity
