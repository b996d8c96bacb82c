#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace assay::telemetry {

/// Knows the secrets of this process and takes them out of foreign text: a provider may echo a key in its error, a
/// database its password. The second line of defence behind Secret, for text that we did not write.
///
/// Copies share one list. Any thread. Secrets shorter than eight bytes are not searched for: they would blank out
/// innocent text. A scrub costs one search of the text per secret.
class Redactor {
 public:
  static constexpr std::size_t shortest = 8;

  Redactor();

  void hide(const Secret& secret);
  /// The length of the longest secret, 0 when there is none.
  std::size_t longest() const;
  /// `text` with every known secret replaced by "[secret 1a2b3c4d]", the digits being its fingerprint.
  std::string scrub(std::string_view text) const;

 private:
  struct List;
  std::shared_ptr<List> list_;
};

}  // namespace assay::telemetry
