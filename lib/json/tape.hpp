#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace assay::json {

/// One value or key. Children follow their container directly; an object's are key, value, key, value, ….
struct Node {
  std::uint32_t begin = 0;   ///< where it starts in the source
  std::uint32_t length = 0;  ///< string: decoded bytes; number and container: bytes in the source
  std::uint32_t next = 0;    ///< the node after this one and all its children
  std::uint32_t count = 0;   ///< elements or members; for a boolean 1 or 0
  Kind kind = Kind::null;
};

/// A parsed text laid out flat in reading order: no pointers, nothing to recurse into when it is read or freed.
struct Tape {
  std::string source;   ///< as read
  std::string decoded;  ///< the same bytes with strings unescaped in place (begin + 1), padded for wide loads
  std::vector<Node> nodes;

  std::string_view text_of(const Node& node) const {
    return std::string_view(decoded).substr(node.begin + 1, node.length);
  }
};

}  // namespace assay::json
