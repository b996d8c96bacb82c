#pragma once
#include <cstddef>
#include <optional>

#include "regex/char_set.hpp"
#include "regex/flags.hpp"
#include "regex/pattern_text.hpp"
#include "regex/refusal.hpp"

namespace assay::regex {

/// One unit or character, or a set such as \d.
struct Atom {
  char32_t character = 0;
  std::optional<CharSet> set;
};

/// Reads escapes that stand for a character or a set, and whole classes, from a pattern's reading place on. Annex B
/// holds without the u flag. An empty answer means that fault() says why.
class AtomReader {
 public:
  AtomReader(PatternText& text, Flags flags) : text_(text), flags_(flags) {}

  /// At a backslash. \b, \B, \k and back references are read before.
  std::optional<Atom> read_escape(bool in_class);
  /// At a [. Case is written out in it.
  std::optional<CharSet> read_class();

  CharSet digits() const;
  CharSet words() const;
  CharSet spaces() const;
  CharSet complement(const CharSet& set) const;

  const std::optional<RegexFault>& fault() const { return fault_; }

 private:
  std::optional<Atom> refuse(Refusal refusal) { return refuse(refusal, text_.place()); }
  std::optional<Atom> refuse(Refusal refusal, std::size_t place);
  Atom simple(char32_t character, std::size_t length);
  Atom set(CharSet set);

  std::optional<Atom> read_identity(bool in_class);
  std::optional<Atom> read_digits(bool in_class);
  std::optional<Atom> read_control(bool in_class);
  std::optional<Atom> read_hex();
  std::optional<Atom> read_unicode();
  std::optional<Atom> read_braced();
  std::optional<char32_t> hex_at(std::size_t ahead, std::size_t digits) const;

  std::optional<Atom> read_class_atom();
  bool read_class_item(CharSet& set);

  PatternText& text_;
  Flags flags_;
  std::optional<RegexFault> fault_;
};

}  // namespace assay::regex
