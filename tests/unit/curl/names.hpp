#pragma once
#include <functional>
#include <string>

namespace assay::test {

/// Resolves every name that ends in ".assay" to 127.0.0.1 for the whole test program, after calling `before` on the
/// resolver's thread. Undone when destroyed; one at a time.
class Names {
 public:
  explicit Names(std::function<void(const std::string&)> before = [](const std::string&) {});
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;
  ~Names();
};

}  // namespace assay::test
