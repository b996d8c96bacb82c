#pragma once
#include <cstdint>
#include <limits>
#include <vector>

#include "regex/char_set.hpp"
#include "regex/flags.hpp"

namespace assay::regex {

/// A pattern taken apart. Nodes name their children by index, each child stands before its parent, the root is last.
/// Characters are UTF-16 units without the u flag and code points with it. Case is written out: i is gone, save for
/// back references and word edges.
struct RegexTree {
  enum class Kind : std::uint8_t {
    character,
    set,
    start,       ///< of the text
    end,         ///< of the text
    line_start,  ///< ^ with the m flag
    line_end,    ///< $ with the m flag
    word_edge,
    no_word_edge,
    sequence,
    choice,
    repeat,
    group,           ///< one that captures; the others are gone
    back_reference,  ///< to a group that surely stands where JavaScript says
    look             ///< lookahead or lookbehind
  };
  static constexpr std::uint32_t no_end = std::numeric_limits<std::uint32_t>::max();

  struct Node {
    Kind kind = Kind::sequence;
    bool ahead = false, negative = false;  ///< look
    bool lazy = false;                     ///< repeat
    char32_t character = 0;
    std::uint32_t set = 0;                ///< set: place in `sets`
    std::uint32_t group = 0;              ///< group and back_reference: the group's number, from 1
    std::uint32_t weight = 1;             ///< how often nested counts write this out: the product along the worst path
    std::uint32_t least = 1, most = 1;    ///< repeat; `no_end` for no upper bound
    std::uint32_t offset = 0;             ///< look and back_reference: byte offset in the pattern
    std::vector<std::uint32_t> children;  ///< sequence and choice: any number; repeat, group and look: one
  };
  std::vector<Node> nodes;
  std::vector<CharSet> sets;
  std::uint32_t groups = 0;  ///< how many capture
  Flags flags;

  std::uint32_t root() const { return static_cast<std::uint32_t>(nodes.size() - 1); }
  char32_t last() const { return flags.unicode ? last_character : last_unit; }
  /// Whether word edges know ſ and the Kelvin sign as letters.
  bool folded_words() const { return flags.unicode && flags.ignore_case; }
};

}  // namespace assay::regex
