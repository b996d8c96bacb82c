#pragma once
#include <cstdint>
#include <string_view>

#include "base/time.hpp"
#include "fake/script.hpp"

namespace assay::fake {

/// Draws that depend on nothing but the seed, a subject and a purpose: what happens to a call does not depend on what
/// else happens, or when.
class Chance {
 public:
  Chance(std::uint64_t seed, std::string_view subject);
  double unit(std::string_view purpose) const;  ///< uniform in (0, 1)
  bool hits(double probability, std::string_view purpose) const { return unit(purpose) < probability; }

 private:
  std::uint64_t base_;
};

Duration draw(const Latency& latency, const Chance& chance);

}  // namespace assay::fake
