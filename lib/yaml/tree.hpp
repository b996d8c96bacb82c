#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "source/fault.hpp"

namespace assay::yaml {

using source::Fault;
using source::Place;

/// A YAML document as a tree in which every key and value knows its place.
struct Node {
  enum class Kind { null, scalar, list, map };
  struct Member;

  Kind kind = Kind::null;
  bool plain = false;  ///< a scalar without quotes: it may be a number or a boolean (scalar.hpp)
  std::string text;    ///< of a scalar
  Place place;
  std::vector<Node> items;      ///< of a list
  std::vector<Member> members;  ///< of a map, in the order written, each key once

  /// The value of a key; null when this is no map or has no such key. Linear.
  const Node* find(std::string_view key) const;
};

struct Node::Member {
  std::string key;
  Place place;
  Node value;
};

struct Tree {
  Node root;
  std::vector<Fault> faults;  ///< everything found; when the syntax is broken, the tree ends there
};

/// Bounds on what is read. The defaults are for a configuration, which people write.
struct Limits {
  /// What a value may borrow from another, and what it may say of its own kind.
  enum class Extras {
    refused,
    taken  ///< anchors, aliases (copied out), merge keys `<<`, and the tags !!str !!int !!float !!bool !!null !!map
           ///< !!seq
  };

  std::size_t bytes = 256 * 1024;
  std::size_t depth = 16;         ///< open lists and maps at once, aliases written out
  std::size_t nodes = 1'000'000;  ///< values, aliases written out; what an anchor keeps counts again
  Extras extras = Extras::refused;

  /// For files that other programs read and write.
  static Limits foreign();
};

/// Reads one document of block or flow YAML 1.2. Refused, each with its place: duplicate keys, keys that are no plain
/// text, a second document, bytes that are not UTF-8, more than the limits; and the extras, where they are not taken.
/// A byte order mark at the beginning is skipped. Places inside a value that an alias copies are those of the original.
Tree read(const std::string& source, std::string_view text, Limits limits = Limits());

}  // namespace assay::yaml
