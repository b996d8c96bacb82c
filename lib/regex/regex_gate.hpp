#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "text/unit_set.hpp"

namespace assay::regex {

/// Why a JavaScript pattern (no flags) is not judged. Either JavaScript refuses it too, or it lies outside the subset
/// whose meaning is carried over exactly. The names are those of the SQL function that checks a suite when it is
/// stored; tests/data/regex/gate.tsv holds both to the same answers.
enum class Refusal {
  unterminated_class,
  unterminated_group,
  unmatched_paren,
  nothing_to_repeat,
  bad_range,
  lookahead,
  lookbehind,
  backreference,
  named_group,
  unicode_property,
  control_escape,
  octal_escape,
  unknown_escape,
  lone_bracket,
  quantifier_too_large,
  quantifier_out_of_order,
  too_long,
  astral_in_class,
  trailing_backslash
};
std::string_view to_string(Refusal refusal);

/// The first thing in a pattern that is refused, and its byte offset.
struct RegexFault {
  Refusal refusal;
  std::size_t offset = 0;
};

/// A pattern taken apart. Nodes name their children by index; the root is the last node.
struct RegexTree {
  enum class Kind : std::uint8_t { unit, set, start, end, word_edge, no_word_edge, sequence, choice, repeat };
  static constexpr std::uint32_t no_end = std::numeric_limits<std::uint32_t>::max();

  struct Node {
    Kind kind = Kind::sequence;
    char16_t unit = 0;         ///< unit: the code unit itself; a character above U+FFFF is two of them
    std::uint32_t set = 0;     ///< set: place in `sets`
    std::uint32_t weight = 1;  ///< how often nested counts write this out: the product along the worst path
    std::uint32_t least = 1,
                  most = 1;  ///< repeat; `no_end` for no upper bound. Greedy or lazy does not matter to test()
    std::vector<std::uint32_t> children;  ///< sequence and choice: any number; repeat: one
  };
  std::vector<Node> nodes;
  std::vector<text::UnitSet> sets;
};

inline constexpr std::size_t max_pattern_bytes = 4096;
/// For one count, and for the product of counts that stand inside one another.
inline constexpr std::uint32_t max_quantifier = 1000;

/// Reads a pattern strictly. Allowed: literals; . ^ $ | ( ) (?: ); * + ? {n} {n,} {n,m}, greedy or lazy, up to 1000;
/// classes with ranges and negation; the escapes d D w W s S b B t n r v f 0 xHH uHHHH (no surrogates), and escaped
/// ASCII punctuation or space. Never recurses.
Result<RegexTree, RegexFault> read_regex(std::string_view pattern);

}  // namespace assay::regex
