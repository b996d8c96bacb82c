#include "regex/regex_gate.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "regex/atom_reader.hpp"
#include "regex/captures.hpp"
#include "regex/lookbehind.hpp"
#include "regex/pattern_text.hpp"
#include "regex/tree_builder.hpp"

namespace assay::regex {
namespace {

using Kind = RegexTree::Kind;
using Node = RegexTree::Node;

bool begins_name(char32_t c) {
  return is_letter(c) || c == '_' || c == '$';
}

/// {2}, {2,} or {2,3} at a reading place. Numbers are capped just above what is allowed.
struct Braces {
  std::uint32_t least = 0, most = 0;
  bool large = false;
  std::size_t length = 0;
};

class Reader {
 public:
  Reader(std::string_view pattern, Flags flags)
      : flags_(flags), text_(pattern, flags.unicode), atoms_(text_, flags), tree_(flags) {
    if (pattern.size() > max_pattern_bytes) refuse_at(Refusal::too_long, 0);
  }

  Result<RegexTree, RegexFault> read() {
    while (!fault_ && !text_.at_end()) read_term();
    if (!fault_ && tree_.has_open()) refuse(Refusal::unterminated_group);
    if (!fault_) resolve_names();
    if (fault_) return failure(*fault_);
    return tree_.finish();
  }

 private:
  /// A \k<name>, whose group may stand behind it: its node learns the number when all names are known.
  struct Reference {
    std::string name;
    std::size_t offset = 0;
    std::uint32_t node = 0;
  };

  void refuse(Refusal refusal) { refuse_at(refusal, text_.offset()); }
  void refuse_at(Refusal refusal, std::size_t offset) {
    if (!fault_) fault_ = RegexFault{refusal, offset};
  }
  void refuse_as_atoms_did() { fault_ = atoms_.fault(); }

  void read_term() {
    switch (text_.peek()) {
      case '\\':
        return read_escape();
      case '[':
        return read_class();
      case '(':
        return open_group();
      case ')':
        return close_group();
      case '|':
        text_.skip(1);
        return tree_.next_alternative();
      case '^':
        text_.skip(1);
        return tree_.add_mark(flags_.multiline ? Kind::line_start : Kind::start);
      case '$':
        text_.skip(1);
        return tree_.add_mark(flags_.multiline ? Kind::line_end : Kind::end);
      case '.':
        text_.skip(1);
        return tree_.add_set(dot());
      case '*':
        return repeat(0, RegexTree::no_end, 1);
      case '+':
        return repeat(1, RegexTree::no_end, 1);
      case '?':
        return repeat(0, 1, 1);
      case '{':
        return read_braces();
      case '}':
      case ']':
        if (flags_.unicode) return refuse(Refusal::lone_bracket);
        [[fallthrough]];
      default:
        return tree_.add_character(text_.take());
    }
  }

  CharSet dot() const {
    return atoms_.complement(flags_.dot_all ? CharSet() : CharSet(text::UnitSet::line_terminators()));
  }

  void read_class() {
    if (auto set = atoms_.read_class()) return tree_.add_set(std::move(*set));
    refuse_as_atoms_did();
  }

  // ---- groups

  void open_group() {
    Node node;
    if (text_.peek(1) != '?') {
      text_.skip(1);
      node.kind = Kind::group;
      return tree_.open(std::move(node));
    }
    if (text_.looking_at(U"(?:")) {
      text_.skip(3);
      return tree_.open(std::move(node));
    }
    if (open_look()) return;
    if (!text_.looking_at(U"(?<")) return refuse(Refusal::unknown_group);
    const auto name = read_name(2);
    if (!name) return;
    node.kind = Kind::group;
    tree_.open(std::move(node));
    if (!names_.emplace(*name, tree_.groups()).second) refuse(Refusal::group_name);
  }

  bool open_look() {
    Node node;
    node.kind = Kind::look;
    node.offset = static_cast<std::uint32_t>(text_.offset());
    for (const auto& [text, ahead, negative] :
         {Look{U"(?=", true, false}, {U"(?!", true, true}, {U"(?<=", false, false}, {U"(?<!", false, true}}) {
      if (!text_.looking_at(text)) continue;
      text_.skip(text.size());
      node.ahead = ahead;
      node.negative = negative;
      tree_.open(std::move(node));
      return true;
    }
    return false;
  }
  struct Look {
    std::u32string_view text;
    bool ahead, negative;
  };

  void close_group() {
    if (!tree_.has_open()) return refuse(Refusal::unmatched_paren);
    text_.skip(1);
    tree_.close();
  }

  /// <name>, which begins `ahead` of the reading place. Moves behind it.
  std::optional<std::string> read_name(std::size_t ahead) {
    std::string name;
    std::size_t at = ahead + 1;
    for (; begins_name(text_.peek(at)) || (!name.empty() && is_digit(text_.peek(at))); ++at)
      name += static_cast<char>(text_.peek(at));
    if (text_.peek(ahead) != '<' || name.empty() || text_.peek(at) != '>') {
      refuse(Refusal::group_name);
      return std::nullopt;
    }
    text_.skip(at + 1);
    return name;
  }

  // ---- escapes

  void read_escape() {
    const char32_t c = text_.peek(1);
    if (c == 'b' || c == 'B') {
      text_.skip(2);
      return tree_.add_mark(c == 'b' ? Kind::word_edge : Kind::no_word_edge);
    }
    if (c == 'k' && (flags_.unicode || text_.has_names())) return read_named_reference();
    if (c >= '1' && c <= '9' && read_back_reference()) return;
    if (auto atom = atoms_.read_escape(false)) {
      if (!atom->set) return tree_.add_character(atom->character);
      return tree_.add_set(std::move(*atom->set));
    }
    refuse_as_atoms_did();
  }

  /// Whether it is one: with as many groups in the pattern. Else the digits are an escape.
  bool read_back_reference() {
    std::uint32_t number = 0;
    std::size_t length = 1;
    for (; is_digit(text_.peek(length)); ++length)
      number = std::min<std::uint32_t>(number * 10 + (text_.peek(length) - '0'), max_pattern_bytes);
    if (number > text_.groups()) return false;
    if (tree_.inside_lookbehind()) {
      refuse(Refusal::backreference_in_lookbehind);
      return true;
    }
    tree_.add_back_reference(number, text_.offset());
    text_.skip(length);
    return true;
  }

  void read_named_reference() {
    const std::size_t offset = text_.offset();
    auto name = read_name(2);
    if (!name) return;
    if (tree_.inside_lookbehind()) return refuse_at(Refusal::backreference_in_lookbehind, offset);
    references_.push_back({std::move(*name), offset, tree_.add_back_reference(0, offset)});
  }

  void resolve_names() {
    for (const Reference& reference : references_) {
      const auto found = names_.find(reference.name);
      if (found == names_.end()) return refuse_at(Refusal::group_name, reference.offset);
      tree_.set_group(reference.node, found->second);
    }
  }

  // ---- quantifiers

  void repeat(std::uint32_t least, std::uint32_t most, std::size_t length) {
    if (!tree_.repeatable()) return refuse(Refusal::nothing_to_repeat);
    if (most == RegexTree::no_end && tree_.reads_backwards()) return refuse(Refusal::variable_lookbehind);
    text_.skip(length);
    const bool lazy = text_.take('?');
    tree_.repeat(least, most, lazy);
  }

  /// The digits from `at` on; empty when there are none.
  std::optional<std::uint32_t> number(std::size_t& at) const {
    std::optional<std::uint32_t> value;
    for (; is_digit(text_.peek(at)); ++at)
      value = std::min<std::uint32_t>(value.value_or(0) * 10 + (text_.peek(at) - '0'), max_quantifier + 1);
    return value;
  }

  std::optional<Braces> braces() const {
    std::size_t at = 1;
    const auto least = number(at);
    if (!least) return std::nullopt;
    std::optional<std::uint32_t> most = least;
    if (text_.peek(at) == ',') most = number(++at);
    if (text_.peek(at) != '}') return std::nullopt;
    const bool large = *least > max_quantifier || most.value_or(0) > max_quantifier;
    return Braces{*least, most.value_or(RegexTree::no_end), large, at + 1};
  }

  void read_braces() {
    const auto braces = this->braces();
    if (!braces) {
      if (flags_.unicode) return refuse(Refusal::lone_bracket);
      return tree_.add_character(text_.take());
    }
    if (!tree_.repeatable()) return refuse(Refusal::nothing_to_repeat);
    if (braces->large) return refuse(Refusal::quantifier_too_large);
    if (braces->most < braces->least) return refuse(Refusal::quantifier_out_of_order);
    const std::uint32_t count = braces->most == RegexTree::no_end ? braces->least : braces->most;
    if (tree_.last_weight() * std::max(1u, count) > max_quantifier) return refuse(Refusal::quantifier_too_large);
    repeat(braces->least, braces->most, braces->length);
  }

  Flags flags_;
  PatternText text_;
  AtomReader atoms_;
  TreeBuilder tree_;
  std::map<std::string, std::uint32_t> names_;
  std::vector<Reference> references_;
  std::optional<RegexFault> fault_;
};

}  // namespace

Result<RegexTree, RegexFault> read_regex(std::string_view pattern, Flags flags) {
  auto tree = Reader(pattern, flags).read();
  if (!tree) return tree;
  if (const auto fault = find_variable_lookbehind(*tree)) return failure(*fault);
  if (const auto fault = resolve_back_references(*tree)) return failure(*fault);
  return tree;
}

Result<RegexTree, RegexFault> read_regex(std::string_view pattern, std::string_view flags) {
  const auto known = read_flags(flags);
  if (!known) return failure(RegexFault{Refusal::bad_flags, 0});
  return read_regex(pattern, *known);
}

}  // namespace assay::regex
