#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace assay::fake {

/// Counts the calls that are being answered, by worker and by mark. One thread.
class OpenCalls {
 public:
  using Counts = std::map<std::string, std::size_t, std::less<>>;

  /// Counts one call for as long as it lives.
  class Counted {
   public:
    Counted(OpenCalls& calls, std::string worker, std::string mark);
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted();

   private:
    OpenCalls& calls_;
    const std::string worker_, mark_;
  };

  std::size_t total() const { return total_; }
  std::size_t peak() const { return peak_; }
  void forget_peak() { peak_ = total_; }
  const Counts& by_worker() const { return by_worker_; }
  const std::map<std::string, Counts, std::less<>>& by_mark() const { return by_mark_; }

 private:
  std::size_t total_ = 0, peak_ = 0;
  Counts by_worker_;
  std::map<std::string, Counts, std::less<>> by_mark_;
};

}  // namespace assay::fake
