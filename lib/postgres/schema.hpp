#pragma once
#include <string>
#include <string_view>

namespace assay::postgres {

/// The names of the three schemas, from one prefix (migrations/README.md). Throws std::invalid_argument for a prefix
/// that would need quotes, so that filled SQL never carries foreign text.
class Schema {
 public:
  explicit Schema(std::string prefix = "assay");

  const std::string& prefix() const { return prefix_; }
  std::string worker() const { return prefix_ + "_worker"; }
  std::string internal() const { return prefix_ + "_private"; }
  std::string wake_channel() const { return prefix_ + "_wake"; }

  /// SQL with the tokens @assay@, @assay_worker@ and @assay_private@ replaced.
  std::string fill(std::string_view sql) const;

 private:
  std::string prefix_;
};

}  // namespace assay::postgres
