#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "json/document.hpp"

namespace assay::providers {

/// Tool calls of vendors that send each one whole with its arguments as JSON (Gemini, Ollama), gathered into the list
/// that Completion::tool_calls holds. A call without an id gets one that no vendor makes: made_id() tells it apart, so
/// that it is not sent back to a vendor who never gave it.
class WholeCalls {
 public:
  void add(std::string_view id, std::string_view name, json::View arguments);
  bool empty() const { return count_ == 0; }
  std::size_t bytes() const { return list_.size(); }
  /// The list as JSON, empty when there are none; leaves nothing behind.
  std::string take();

 private:
  std::string list_;
  std::size_t count_ = 0;
};

bool made_id(std::string_view id);

}  // namespace assay::providers
