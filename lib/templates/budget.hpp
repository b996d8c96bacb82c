#pragma once
#include <cstddef>

#include "templates/limits.hpp"

namespace assay::templates {

/// What one rendering has used. Each call throws Trouble when a limit would be passed, before the work is done.
class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}

  void step(std::size_t count = 1);
  void read(std::size_t units) { step(units / 64); }  ///< text to be looked through
  void iterate();
  void build(std::size_t bytes);  ///< memory to be taken for a value
  void nest(std::size_t depth) const;

  const Limits& limits() const { return limits_; }
  std::size_t steps() const { return steps_; }

 private:
  Limits limits_;
  std::size_t steps_ = 0, iterations_ = 0, built_ = 0;
};

[[noreturn]] void exceed(const char* what, std::size_t limit, const char* name);

}  // namespace assay::templates
