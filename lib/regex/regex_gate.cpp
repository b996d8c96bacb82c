#include "regex/regex_gate.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "json/utf8.hpp"

namespace assay::regex {
using text::UnitSet;
namespace {

using Kind = RegexTree::Kind;
using Node = RegexTree::Node;

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_surrogate(char32_t c) {
  return c >= 0xD800 && c <= 0xDFFF;
}

std::optional<unsigned> hex_value(char32_t c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

/// One escape or class atom: a code unit, or a set such as \d.
struct Atom {
  char16_t unit = 0;
  std::optional<UnitSet> set;
};

class Reader {
 public:
  explicit Reader(std::string_view pattern) {
    for (std::size_t at = 0; at < pattern.size();) {
      const json::Decoded step = json::decode_utf8(pattern, at);
      characters_.push_back({step.code_point, at});
      at += step.length;
    }
    bytes_ = pattern.size();
  }

  Result<RegexTree, RegexFault> read() {
    if (bytes_ > max_pattern_bytes) refuse(Refusal::too_long, 0);
    groups_.emplace_back();
    while (!fault_ && at_ < characters_.size()) read_term();
    if (!fault_ && groups_.size() > 1) refuse(Refusal::unterminated_group);
    if (fault_) return failure(*fault_);
    close_group();
    return std::move(tree_);
  }

 private:
  struct Character {
    char32_t code = 0;
    std::size_t offset = 0;
  };
  /// An open bracket: what was read in it so far.
  struct Group {
    std::vector<std::uint32_t> alternatives, terms;
    bool repeatable = false;  ///< the last term may be followed by a quantifier
  };

  // ---- reading characters

  char32_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < characters_.size() ? characters_[at_ + ahead].code : end_of_pattern;
  }
  bool looking_at(std::u32string_view text) const {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (peek(i) != text[i]) return false;
    }
    return true;
  }
  bool take(char32_t c) { return peek() == c && (++at_, true); }

  void refuse(Refusal refusal) { refuse(refusal, at_); }
  void refuse(Refusal refusal, std::size_t character) {
    if (!fault_) fault_ = RegexFault{refusal, character < characters_.size() ? characters_[character].offset : bytes_};
  }

  // ---- building the tree

  std::uint32_t add(Node node) {
    for (const std::uint32_t child : node.children) node.weight = std::max(node.weight, tree_.nodes[child].weight);
    if (node.kind == Kind::repeat) node.weight *= std::max(1u, node.most == RegexTree::no_end ? node.least : node.most);
    tree_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }
  void add_term(Node node, bool repeatable) {
    groups_.back().terms.push_back(add(std::move(node)));
    groups_.back().repeatable = repeatable;
  }
  void add_mark(Kind kind) {
    Node node;
    node.kind = kind;
    add_term(std::move(node), false);
  }
  void add_unit(char16_t unit) {
    Node node;
    node.kind = Kind::unit;
    node.unit = unit;
    add_term(std::move(node), true);
  }
  void add_character(char32_t code) {
    if (code < 0x10000) return add_unit(static_cast<char16_t>(code));
    add_unit(static_cast<char16_t>(0xD800 + ((code - 0x10000) >> 10)));
    add_unit(static_cast<char16_t>(0xDC00 + ((code - 0x10000) & 0x3FF)));
  }
  void add_set(UnitSet set) {
    Node node;
    node.kind = Kind::set;
    node.set = static_cast<std::uint32_t>(tree_.sets.size());
    tree_.sets.push_back(std::move(set));
    add_term(std::move(node), true);
  }
  void close_alternative() {
    Group& group = groups_.back();
    Node sequence;
    sequence.children = std::exchange(group.terms, {});
    group.alternatives.push_back(add(std::move(sequence)));
    group.repeatable = false;
  }
  std::uint32_t close_group() {
    close_alternative();
    Node choice;
    choice.kind = Kind::choice;
    choice.children = std::move(groups_.back().alternatives);
    groups_.pop_back();
    return add(std::move(choice));
  }

  // ---- the grammar

  void read_term() {
    switch (peek()) {
      case '\\':
        return read_escape();
      case '[':
        return read_class();
      case '(':
        return open_group();
      case ')':
        return end_group();
      case '|':
        ++at_;
        return close_alternative();
      case '^':
        ++at_;
        return add_mark(Kind::start);
      case '$':
        ++at_;
        return add_mark(Kind::end);
      case '.':
        ++at_;
        return add_set(UnitSet::line_terminators().complement());
      case '*':
        return repeat_after_one(0, RegexTree::no_end);
      case '+':
        return repeat_after_one(1, RegexTree::no_end);
      case '?':
        return repeat_after_one(0, 1);
      case '{':
        return read_braces();
      case '}':
      case ']':
        return refuse(Refusal::lone_bracket);
      default:
        return add_character(characters_[at_++].code);
    }
  }

  void open_group() {
    if (looking_at(U"(?=") || looking_at(U"(?!")) return refuse(Refusal::lookahead);
    if (looking_at(U"(?<=") || looking_at(U"(?<!")) return refuse(Refusal::lookbehind);
    if (looking_at(U"(?<")) return refuse(Refusal::named_group);
    const bool plain = looking_at(U"(?:");
    if (!plain && looking_at(U"(?")) return refuse(Refusal::nothing_to_repeat);
    at_ += plain ? 3 : 1;
    groups_.emplace_back();
  }

  void end_group() {
    if (groups_.size() == 1) return refuse(Refusal::unmatched_paren);
    ++at_;
    const std::uint32_t inside = close_group();
    groups_.back().terms.push_back(inside);
    groups_.back().repeatable = true;
  }

  void repeat_after_one(std::uint32_t least, std::uint32_t most) {
    if (!groups_.back().repeatable) return refuse(Refusal::nothing_to_repeat);
    ++at_;
    repeat(least, most);
  }

  void repeat(std::uint32_t least, std::uint32_t most) {
    take('?');
    Group& group = groups_.back();
    Node node;
    node.kind = Kind::repeat;
    node.least = least;
    node.most = most;
    node.children = {group.terms.back()};
    group.terms.back() = add(std::move(node));
    group.repeatable = false;
  }

  /// The digits at `at`, capped just above what is allowed; empty when there are none.
  std::optional<std::uint32_t> number(std::size_t& at) const {
    std::optional<std::uint32_t> value;
    for (; at < characters_.size() && is_digit(characters_[at].code); ++at) {
      const std::uint32_t digit = characters_[at].code - '0';
      value = std::min<std::uint32_t>(value.value_or(0) * 10 + digit, max_quantifier + 1);
    }
    return value;
  }

  void read_braces() {
    std::size_t at = at_ + 1;
    const auto is = [this, &at](char32_t c) { return at < characters_.size() && characters_[at].code == c; };
    const auto least = number(at);
    std::optional<std::uint32_t> most = least;
    const bool comma = is(',');
    bool large = least && *least > max_quantifier;
    if (comma) {
      ++at;
      most = number(at);
      large = large || (most && *most > max_quantifier);
    }
    if (!least || !is('}')) return refuse(Refusal::lone_bracket);
    if (!groups_.back().repeatable) return refuse(Refusal::nothing_to_repeat);
    if (large) return refuse(Refusal::quantifier_too_large);
    if (most && *most < *least) return refuse(Refusal::quantifier_out_of_order);
    const std::uint32_t count = std::max(1u, most.value_or(*least));
    if (tree_.nodes[groups_.back().terms.back()].weight * count > max_quantifier)
      return refuse(Refusal::quantifier_too_large);
    at_ = at + 1;
    repeat(*least, most.value_or(RegexTree::no_end));
  }

  void read_escape() {
    if (looking_at(U"\\b") || looking_at(U"\\B")) {
      add_mark(peek(1) == 'b' ? Kind::word_edge : Kind::no_word_edge);
      at_ += 2;
      return;
    }
    auto atom = read_atom_escape(false);
    if (!atom) return;
    if (atom->set) return add_set(std::move(*atom->set));
    add_unit(atom->unit);
  }

  /// An escape that stands for one unit or a set, in a class or outside. Empty when it was refused.
  std::optional<Atom> read_atom_escape(bool in_class) {
    const char32_t c = peek(1);
    const auto refused = [this](Refusal refusal) {
      refuse(refusal);
      return std::nullopt;
    };
    const auto simple = [this](char32_t unit) {
      at_ += 2;
      return Atom{static_cast<char16_t>(unit), std::nullopt};
    };
    const auto set = [this](UnitSet units) {
      at_ += 2;
      return Atom{0, std::move(units)};
    };
    switch (c) {
      case end_of_pattern:
        return refused(in_class ? Refusal::unterminated_class : Refusal::trailing_backslash);
      case 'd':
        return set(UnitSet::digits());
      case 'D':
        return set(UnitSet::digits().complement());
      case 'w':
        return set(UnitSet::word());
      case 'W':
        return set(UnitSet::word().complement());
      case 's':
        return set(UnitSet::space());
      case 'S':
        return set(UnitSet::space().complement());
      case 't':
        return simple('\t');
      case 'n':
        return simple('\n');
      case 'r':
        return simple('\r');
      case 'v':
        return simple('\v');
      case 'f':
        return simple('\f');
      case 'b':
        return simple('\b');  // outside a class it is read before
      case 'c':
        return refused(Refusal::control_escape);
      case 'p':
      case 'P':
        return refused(Refusal::unicode_property);
      case 'x':
        return read_hex(2, in_class);
      case 'u':
        return read_hex(4, in_class);
      default:
        break;
    }
    if (c == '0' && !is_digit(peek(2))) return simple(0);
    if (is_digit(c)) return refused(in_class || c == '0' ? Refusal::octal_escape : Refusal::backreference);
    if (c < ' ' || c > '~' || is_letter(c)) return refused(Refusal::unknown_escape);
    return simple(c);
  }

  std::optional<Atom> read_hex(std::size_t digits, bool in_class) {
    char32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const auto digit = hex_value(peek(2 + i));
      if (!digit) {
        refuse(Refusal::unknown_escape);
        return std::nullopt;
      }
      value = value * 16 + *digit;
    }
    if (is_surrogate(value)) {
      refuse(in_class ? Refusal::astral_in_class : Refusal::unknown_escape);
      return std::nullopt;
    }
    at_ += 2 + digits;
    return Atom{static_cast<char16_t>(value), std::nullopt};
  }

  std::optional<Atom> read_class_atom() {
    if (peek() == '\\') return read_atom_escape(true);
    if (peek() > 0xFFFF) {
      refuse(Refusal::astral_in_class);
      return std::nullopt;
    }
    return Atom{static_cast<char16_t>(characters_[at_++].code), std::nullopt};
  }

  void read_class() {
    ++at_;
    const bool negated = take('^');
    UnitSet set;
    while (!take(']')) {
      if (at_ >= characters_.size()) return refuse(Refusal::unterminated_class);
      if (!read_class_item(set)) return;
    }
    add_set(negated ? set.complement() : std::move(set));
  }

  /// One atom, or two with a dash between them. False when it was refused.
  bool read_class_item(UnitSet& set) {
    const auto low = read_class_atom();
    if (!low) return false;
    const bool range = peek() == '-' && peek(1) != ']' && peek(1) != end_of_pattern;
    if (!range) {
      low->set ? set.add(*low->set) : set.add(low->unit, low->unit);
      return true;
    }
    ++at_;
    const std::size_t upper = at_;
    const auto high = read_class_atom();
    if (!high) return false;
    if (low->set || high->set || high->unit < low->unit) {
      refuse(Refusal::bad_range, upper);
      return false;
    }
    set.add(low->unit, high->unit);
    return true;
  }

  static constexpr char32_t end_of_pattern = 0x110000;

  std::vector<Character> characters_;
  std::size_t bytes_ = 0, at_ = 0;
  RegexTree tree_;
  std::vector<Group> groups_;
  std::optional<RegexFault> fault_;
};

}  // namespace

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::unterminated_class:
      return "unterminated_class";
    case Refusal::unterminated_group:
      return "unterminated_group";
    case Refusal::unmatched_paren:
      return "unmatched_paren";
    case Refusal::nothing_to_repeat:
      return "nothing_to_repeat";
    case Refusal::bad_range:
      return "bad_range";
    case Refusal::lookahead:
      return "lookahead";
    case Refusal::lookbehind:
      return "lookbehind";
    case Refusal::backreference:
      return "backreference";
    case Refusal::named_group:
      return "named_group";
    case Refusal::unicode_property:
      return "unicode_property";
    case Refusal::control_escape:
      return "control_escape";
    case Refusal::octal_escape:
      return "octal_escape";
    case Refusal::unknown_escape:
      return "unknown_escape";
    case Refusal::lone_bracket:
      return "lone_bracket";
    case Refusal::quantifier_too_large:
      return "quantifier_too_large";
    case Refusal::quantifier_out_of_order:
      return "quantifier_out_of_order";
    case Refusal::too_long:
      return "too_long";
    case Refusal::astral_in_class:
      return "astral_in_class";
    case Refusal::trailing_backslash:
      return "trailing_backslash";
  }
  return "unknown_escape";
}

Result<RegexTree, RegexFault> read_regex(std::string_view pattern) {
  return Reader(pattern).read();
}

}  // namespace assay::regex
