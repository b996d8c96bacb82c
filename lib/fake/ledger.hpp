#pragma once
#include <compare>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "fake/script.hpp"

namespace assay::fake {

/// Who asked whom: the part of calls that repeats.
struct Parties {
  std::string key;  ///< its fingerprint
  std::string model, worker, mark, dialect;
  friend auto operator<=>(const Parties&, const Parties&) = default;
};

/// What the provider knows of one call: its own account of it, independent of what the client believes.
struct Entry {
  std::string_view id;  ///< X-Request-ID as sent; made up when there was none
  const Parties* parties = nullptr;
  std::int64_t tokens_in = 0, tokens_cached = 0, tokens_out = 0;
  std::int64_t nanos = 0;
  Instant received_at{};
  std::uint16_t status = 0;  ///< sent, or meant to be sent
  Fault fault = Fault::none;
  bool open = true;        ///< still being answered
  bool delivered = false;  ///< the whole answer went into the socket, and no reset came after it
  bool aborted = false;    ///< the client left before the answer was out
};

/// All calls since the last clear(), in the order of arrival. About 120 bytes a call.
class Ledger {
 public:
  /// Names an entry for as long as it exists: find() of one that was cleared away is null.
  struct Ref {
    std::uint64_t generation = 0;
    std::size_t index = 0;
  };

  Ref add(Entry entry) {
    entries_.push_back(entry);
    return {generation_, entries_.size() - 1};
  }
  Entry* find(Ref ref) { return ref.generation == generation_ ? &entries_[ref.index] : nullptr; }
  std::size_t size() const { return entries_.size(); }
  const Entry& at(std::size_t index) const { return entries_[index]; }
  void clear();

  std::string_view keep(std::string_view id);       ///< a copy that lives until clear()
  const Parties* keep_one(const Parties& parties);  ///< the same, kept once for all equal ones

 private:
  std::deque<Entry> entries_;
  std::deque<std::string> blocks_;
  std::set<Parties> parties_;
  std::uint64_t generation_ = 0;
};

/// One call as a JSON object. Times are milliseconds since `start`.
void append_json(std::string& out, std::size_t number, const Entry& entry, Instant start);

}  // namespace assay::fake
