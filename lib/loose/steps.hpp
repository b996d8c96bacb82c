#pragma once
#include <cstdint>

namespace assay::loose {

/// What a search may still look at, in bytes. Once it has run out it stays so.
class Steps {
 public:
  explicit Steps(std::uint64_t left) : left_(left) {}
  bool take(std::uint64_t count) {
    if (count > left_) {
      left_ = 0;
      run_out_ = true;
    } else {
      left_ -= count;
    }
    return !run_out_;
  }
  bool run_out() const { return run_out_; }

 private:
  std::uint64_t left_;
  bool run_out_ = false;
};

}  // namespace assay::loose
