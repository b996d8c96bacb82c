#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.hpp"

namespace assay::config {

/// A YAML document as a tree in which every key and value knows its place.
struct YamlNode {
  enum class Kind { null, scalar, list, map };
  struct Member;

  Kind kind = Kind::null;
  std::string text;  ///< of a scalar
  Place place;
  std::vector<YamlNode> items;  ///< of a list
  std::vector<Member> members;  ///< of a map, in the order written, each key once
};

struct YamlNode::Member {
  std::string key;
  Place place;
  YamlNode value;
};

struct YamlTree {
  YamlNode root;
  std::vector<Fault> faults;  ///< everything found; when the syntax is broken, the tree ends there
};

/// Bounds on what is read: a configuration is written by people.
struct YamlLimits {
  std::size_t bytes = 256 * 1024;
  std::size_t depth = 16;
};

/// Reads one document of block or flow YAML 1.2. Refused, each with its place: duplicate keys, keys that are no plain
/// text, anchors and aliases (an alias bomb needs them), tags, a second document, bytes that are not UTF-8, more than
/// the limits.
YamlTree read_yaml(const std::string& source, std::string_view text, YamlLimits limits = YamlLimits());

}  // namespace assay::config
