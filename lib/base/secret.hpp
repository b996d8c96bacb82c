#pragma once
#include <string>
#include <string_view>

namespace assay {

/// A key or password. It cannot be printed, compared for order, or turned into text by accident; reveal() is the one
/// way out and is called only where the value goes onto the wire. The memory is wiped when the value is destroyed.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value);
  Secret(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  bool empty() const { return value_.empty(); }
  std::string_view reveal() const { return value_; }

  /// Eight hex digits of a SHA-256, to tell two keys apart in a log without showing either.
  std::string fingerprint() const;

 private:
  std::string value_;
};

/// Deleted, so that printing a Secret does not compile.
template <class Stream>
Stream& operator<<(Stream&, const Secret&) = delete;

}  // namespace assay
