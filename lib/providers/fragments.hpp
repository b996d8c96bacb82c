#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace assay::providers {

/// Tool calls that come in fragments, each fragment with its call's index. Servers that send no index, or one index for
/// several calls, are told apart by a new id. Bounded by what it holds and by a number of calls.
class Fragments {
 public:
  /// One element of a delta's tool_calls. False when there are more calls than anybody makes (1024).
  bool add(json::View fragment);
  /// The same in parts: of `arguments` what is added.
  bool add(std::optional<std::int64_t> index, std::string_view id, std::string_view name, std::string_view arguments);
  /// The whole arguments of the call with this index, in place of what has come.
  void replace_arguments(std::int64_t index, std::string_view arguments);

  bool empty() const { return calls_.empty(); }
  std::size_t held() const { return held_; }
  /// The list as Completion holds it; empty when there are no calls. Leaves nothing behind.
  std::string take();

 private:
  struct Call {
    std::optional<std::int64_t> index;
    std::string id, name, arguments;
  };
  Call* find(std::optional<std::int64_t> index, std::string_view id);
  Call* last_with(std::int64_t index);

  std::vector<Call> calls_;
  std::size_t held_ = 0;
};

}  // namespace assay::providers
