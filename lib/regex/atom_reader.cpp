#include "regex/atom_reader.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "regex/case_closure.hpp"

namespace assay::regex {
namespace {

bool is_octal(char32_t c) {
  return c >= '0' && c <= '7';
}

/// \t, \n, \v, \f, \r.
std::optional<char32_t> white_escape(char32_t c) {
  switch (c) {
    case 't':
      return U'\t';
    case 'n':
      return U'\n';
    case 'v':
      return U'\v';
    case 'f':
      return U'\f';
    case 'r':
      return U'\r';
    default:
      return std::nullopt;
  }
}

}  // namespace

CharSet AtomReader::digits() const {
  return CharSet(text::UnitSet::digits());
}
CharSet AtomReader::spaces() const {
  return CharSet(text::UnitSet::space());
}
/// With i and u together ſ and the Kelvin sign are letters: what folds to a word character is one.
CharSet AtomReader::words() const {
  const CharSet words(text::UnitSet::word());
  return flags_.ignore_case && flags_.unicode ? case_closure(words, true) : words;
}
CharSet AtomReader::complement(const CharSet& set) const {
  return set.complement(flags_.unicode ? last_character : last_unit);
}

std::optional<Atom> AtomReader::refuse(Refusal refusal, std::size_t place) {
  if (!fault_) fault_ = RegexFault{refusal, text_.offset_of(place)};
  return std::nullopt;
}

Atom AtomReader::simple(char32_t character, std::size_t length) {
  text_.skip(length);
  return Atom{character, std::nullopt};
}

Atom AtomReader::set(CharSet set) {
  text_.skip(2);
  return Atom{0, std::move(set)};
}

std::optional<Atom> AtomReader::read_escape(bool in_class) {
  const char32_t c = text_.peek(1);
  if (const auto white = white_escape(c)) return simple(*white, 2);
  if (is_digit(c)) return read_digits(in_class);
  switch (c) {
    case PatternText::end:
      return refuse(in_class ? Refusal::unterminated_class : Refusal::trailing_backslash);
    case 'd':
      return set(digits());
    case 'D':
      return set(complement(digits()));
    case 'w':
      return set(words());
    case 'W':
      return set(complement(words()));
    case 's':
      return set(spaces());
    case 'S':
      return set(complement(spaces()));
    case 'c':
      return read_control(in_class);
    case 'x':
      return read_hex();
    case 'u':
      return read_unicode();
    case 'p':
    case 'P':
      if (flags_.unicode) return refuse(Refusal::unicode_property);
      return simple(c, 2);
    default:
      return read_identity(in_class);
  }
}

/// What an escape that means nothing stands for: itself, except that u allows this for punctuation only.
std::optional<Atom> AtomReader::read_identity(bool in_class) {
  const char32_t c = text_.peek(1);
  if (in_class && c == 'b') return simple(U'\b', 2);
  if (flags_.unicode) {
    constexpr std::u32string_view syntax = U"^$\\.*+?()[]{}|/";
    const bool allowed = syntax.find(c) != std::u32string_view::npos || (in_class && c == '-');
    if (!allowed) return refuse(Refusal::unknown_escape);
  }
  if (c == 'k' && text_.has_names()) return refuse(Refusal::unknown_escape);
  return simple(c, 2);
}

/// \0, the octal escapes of old, and digits that are none.
std::optional<Atom> AtomReader::read_digits(bool in_class) {
  const char32_t first = text_.peek(1);
  if (flags_.unicode) {
    if (first != '0' || is_digit(text_.peek(2))) return refuse(Refusal::unknown_escape);
    return simple(0, 2);
  }
  if (!is_octal(first)) return read_identity(in_class);
  char32_t value = 0;
  std::size_t length = 1;
  const std::size_t most = first <= '3' ? 4 : 3;
  for (; length < most && is_octal(text_.peek(length)); ++length) value = value * 8 + (text_.peek(length) - '0');
  return simple(value, length);
}

/// \cA. Without u a backslash before another c is a backslash, and a class takes digits and _ as well.
std::optional<Atom> AtomReader::read_control(bool in_class) {
  const char32_t c = text_.peek(2);
  const bool known = is_letter(c) || (!flags_.unicode && in_class && (is_digit(c) || c == '_'));
  if (known) return simple(c % 32, 3);
  if (flags_.unicode) return refuse(Refusal::unknown_escape);
  return simple(U'\\', 1);
}

std::optional<char32_t> AtomReader::hex_at(std::size_t ahead, std::size_t digits) const {
  char32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const auto digit = hex_value(text_.peek(ahead + i));
    if (!digit) return std::nullopt;
    value = value * 16 + *digit;
  }
  return value;
}

std::optional<Atom> AtomReader::read_hex() {
  if (const auto value = hex_at(2, 2)) return simple(*value, 4);
  if (flags_.unicode) return refuse(Refusal::unknown_escape);
  return simple(U'x', 2);
}

/// \u0041; with u also \u{41}, and two escapes that are the halves of one character.
std::optional<Atom> AtomReader::read_unicode() {
  const auto value = hex_at(2, 4);
  if (!flags_.unicode) return value ? simple(*value, 6) : simple(U'u', 2);
  if (!value) return read_braced();
  const bool high = *value >= 0xD800 && *value <= 0xDBFF;
  const auto second = high && text_.peek(6) == '\\' && text_.peek(7) == 'u' ? hex_at(8, 4) : std::nullopt;
  if (second && *second >= 0xDC00 && *second <= 0xDFFF)
    return simple(0x10000 + ((*value - 0xD800) << 10) + (*second - 0xDC00), 12);
  return simple(*value, 6);
}

std::optional<Atom> AtomReader::read_braced() {
  if (text_.peek(2) != '{') return refuse(Refusal::unknown_escape);
  char32_t value = 0;
  std::size_t length = 3;
  for (; hex_value(text_.peek(length)); ++length)
    value = std::min<char32_t>(value * 16 + *hex_value(text_.peek(length)), last_character + 1);
  if (length == 3 || text_.peek(length) != '}' || value > last_character) return refuse(Refusal::unknown_escape);
  return simple(value, length + 1);
}

std::optional<Atom> AtomReader::read_class_atom() {
  if (text_.peek() == '\\') return read_escape(true);
  return simple(text_.peek(), 1);
}

std::optional<CharSet> AtomReader::read_class() {
  text_.skip(1);
  const bool negated = text_.take('^');
  CharSet set;
  while (!text_.take(']')) {
    if (text_.at_end()) {
      refuse(Refusal::unterminated_class);
      return std::nullopt;
    }
    if (!read_class_item(set)) return std::nullopt;
  }
  if (flags_.ignore_case) set = case_closure(set, flags_.unicode);
  return negated ? complement(set) : set;
}

/// One atom, or two with a dash between them. Without u a dash beside a set is a dash. False when it was refused.
bool AtomReader::read_class_item(CharSet& set) {
  const auto add = [&set](const Atom& atom) {
    atom.set ? set.add(*atom.set) : set.add(atom.character, atom.character);
  };
  const auto low = read_class_atom();
  if (!low) return false;
  const bool range = text_.peek() == '-' && text_.peek(1) != ']' && text_.peek(1) != PatternText::end;
  if (!range) {
    add(*low);
    return true;
  }
  text_.skip(1);
  const std::size_t upper = text_.place();
  const auto high = read_class_atom();
  if (!high) return false;
  const bool plain = !low->set && !high->set;
  if ((!plain && flags_.unicode) || (plain && high->character < low->character)) {
    refuse(Refusal::bad_range, upper);
    return false;
  }
  if (plain) {
    set.add(low->character, high->character);
  } else {
    add(*low);
    add(*high);
    set.add('-', '-');
  }
  return true;
}

}  // namespace assay::regex
