#pragma once
#include <stdexcept>
#include <string>

namespace assay {

/// A bug in Assay itself, found by require(). Never thrown for what the outside world did.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Guards an invariant, in release builds too. `what` says what must hold.
inline void require(bool holds, const char* what) {
  if (!holds) throw Bug(std::string("invariant broken: ") + what);
}

}  // namespace assay
