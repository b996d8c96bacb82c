#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace assay::tools {

/// A pattern for whole names, upper and lower case alike: `*` is any run of characters, `?` is one UTF-16 unit, all
/// else is itself. Neither matches a line break, as in the tool whose rules these are. No more steps than the pattern's
/// length times the name's.
class Glob {
 public:
  /// The error names the limit: 1,024 units.
  static Result<Glob, std::string> compile(std::string_view pattern);

  bool matches(std::string_view name) const;

 private:
  std::u16string pattern_;
};

}  // namespace assay::tools
