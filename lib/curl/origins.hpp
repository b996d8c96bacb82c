#pragma once
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay::curl {

struct Transfer;

/// A host as curl keeps connections for it, and what each multi handle has of it.
struct Origin {
  struct Share {
    int open = 0;  ///< connections
    int busy = 0;  ///< transfers
  };
  std::vector<Share> shares;    ///< by the multi handle's index
  std::size_t open = 0;         ///< connections, all handles together
  std::size_t opening = 0;      ///< transfers that will open one more
  std::size_t busy = 0;         ///< transfers that count against the host's cap
  std::deque<Transfer*> queue;  ///< transfers that wait until one of those ends

  Share& share(std::size_t index);
};

/// The hosts that were asked, by "https://host:port". Those without connections are forgotten when they grow many.
class Origins {
 public:
  /// Null: the URL is not of http or https, or it has no host, or credentials, or a byte that cannot stand in one.
  Origin* of(std::string_view url);

 private:
  std::unordered_map<std::string, std::unique_ptr<Origin>> origins_;
};

}  // namespace assay::curl
