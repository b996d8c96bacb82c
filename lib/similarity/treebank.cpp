#include "similarity/treebank.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "similarity/treebank_quotes.hpp"
#include "text/surrogate.hpp"
#include "text/unicode.hpp"

// Each rule below is one pass over the text, in the order of the published list; later rules see the spaces that
// earlier ones put in. A rule that takes a space with it cannot use that space again, as in the regular expressions
// of the original.
namespace assay::similarity {
namespace {

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

/// White space (U+0085 too) at `at`: its bytes, or 0.
std::size_t space_at(std::string_view text, std::size_t at) {
  if (static_cast<unsigned char>(text[at]) < 0x80) return text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r');
  const text::Step step = text::next_character(text, at);
  return step.code_point == 0x85 || text::is_javascript_space(step.code_point) ? step.length : 0;
}

/// Runs of white space as one space, none at the ends.
std::string single_spaced(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    while (at < text.size() && space_at(text, at) == 0) ++at;
    if (at > start) out.append(out.empty() ? "" : " ").append(text, start, at - start);
    while (at < text.size()) {
      const std::size_t length = space_at(text, at);
      if (length == 0) break;
      at += length;
    }
  }
  return out;
}

/// A set of ASCII characters.
class Marks {
 public:
  constexpr explicit Marks(std::string_view marks) {
    for (const char c : marks) has_[static_cast<unsigned char>(c)] = true;
  }
  constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

 private:
  bool has_[256] = {};
};

/// Writes a text with a space on each side of every piece that `length_at` finds, given the place of one of the marks.
template <class LengthAt>
std::string spaced(std::string_view text, const Marks& marks, LengthAt length_at) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = marks.has(text[at]) ? length_at(text, at) : 0;
    if (length == 0) {
      ++at;
      continue;
    }
    out.append(text, from, at - from).append(" ").append(text, at, length).append(" ");
    at += length;
    from = at;
  }
  return out.append(text, from);
}

/// Three points; a colon or comma unless a digit follows (10:45 and 1,000 stay whole); single marks.
std::string spaced_inside(std::string_view text) {
  static constexpr Marks marks(".:,;@#$%&");
  return spaced(text, marks, [](std::string_view all, std::size_t at) -> std::size_t {
    if (all[at] == '.') return all.substr(at).starts_with("...") ? 3 : 0;
    const bool may_be_in_number = all[at] == ':' || all[at] == ',';
    if (!may_be_in_number || at + 1 == all.size()) return 1;
    return text::is_decimal_number(text::next_character(all, at + 1).code_point) ? 0 : 1;
  });
}

/// Marks that stand alone wherever they are, and two hyphens.
std::string spaced_everywhere(std::string_view text) {
  static constexpr Marks marks("?![](){}<>-");
  return spaced(text, marks, [](std::string_view all, std::size_t at) -> std::size_t {
    if (all[at] != '-') return 1;
    return all.substr(at).starts_with("--") ? 2 : 0;
  });
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_word_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

/// Whether the text ends with an abbreviation's beginning: "u.s", "e.g".
bool ends_in_initials(std::string_view text) {
  const std::size_t size = text.size();
  return size >= 3 && is_letter(text[size - 1]) && text[size - 2] == '.' && is_letter(text[size - 3]) &&
         (size == 3 || !is_word_character(text[size - 4]));
}

/// The last point, when only closing marks and spaces follow it.
std::string spaced_final_point(std::string_view text) {
  const std::size_t point = text.find_last_not_of("])}>' ");
  const bool apart = point != std::string_view::npos && point > 0 && text[point] == '.' && text[point - 1] != '.' &&
                     !ends_in_initials(text.substr(0, point));
  if (!apart) return std::string(text);
  return std::string(text.substr(0, point)).append(" ").append(text.substr(point)).append(" ");
}

/// An apostrophe at a word's end: "dogs' tails".
std::string spaced_end_apostrophes(std::string_view text) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find("' ", 1); at != std::string_view::npos; at = text.find("' ", at + 1)) {
    if (at == from || text[at - 1] == '\'') continue;  // a character of its own goes before it
    out.append(text, from, at - from).append(" ' ");
    from = at + 2;
  }
  return out.append(text, from);
}

/// "it's ", "i'm ", "he'd ".
std::string spaced_short_endings(std::string_view text) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find('\''); at != std::string_view::npos; at = text.find('\'', std::max(at + 1, from))) {
    if (at + 2 >= text.size() || !is_one_of(text[at + 1], "smd") || text[at + 2] != ' ') continue;
    out.append(text, from, at - from).append(" ").append(text, at, 3);
    from = at + 3;
  }
  return out.append(text, from);
}

/// "we'll ", "they're ", "i've ", "don't ".
std::string spaced_long_endings(std::string_view text) {
  static constexpr std::array<std::string_view, 3> endings{"ll ", "re ", "ve "};
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find('\''); at != std::string_view::npos; at = text.find('\'', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    const bool negation = at > from && text[at - 1] == 'n' && rest.starts_with("t ");
    const bool ending = std::any_of(endings.begin(), endings.end(), [&](auto end) { return rest.starts_with(end); });
    if (!negation && !ending) continue;
    const std::size_t start = negation ? at - 1 : at, end = at + (negation ? 3 : 4);
    out.append(text, from, start - from).append(" ").append(text, start, end - start);
    from = end;
  }
  return out.append(text, from);
}

/// Two words written as one.
struct Contraction {
  std::string_view first, second, then;
};

constexpr std::array<Contraction, 10> contractions{{{"can", "not", ""},
                                                    {"d", "'ye", ""},
                                                    {"gim", "me", ""},
                                                    {"gon", "na", ""},
                                                    {"got", "ta", ""},
                                                    {"lem", "me", ""},
                                                    {"more", "'n", ""},
                                                    {"wan", "na", " "},
                                                    {"'t", "is", ""},
                                                    {"'t", "was", ""}}};

/// How many bytes at `at` read as the word, a long s (U+017F) being an s, or 0.
std::size_t word_at(std::string_view text, std::size_t at, std::string_view word) {
  const std::size_t start = at;
  for (const char letter : word) {
    if (letter == 's' && text.substr(at).starts_with("\xC5\xBF")) {
      at += 2;
    } else if (at < text.size() && text[at] == letter) {
      ++at;
    } else {
      return 0;
    }
  }
  return at - start;
}

bool continues_word(char32_t c) {
  return c == 0x200C || c == 0x200D || text::continues_identifier(c);
}
bool continues_word_after(std::string_view text, std::size_t end) {
  return end < text.size() && continues_word(text::next_character(text, end).code_point);
}

std::string split_contraction(std::string_view text, const Contraction& contraction) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(contraction.first); at != std::string_view::npos;
       at = text.find(contraction.first, at + 1)) {
    if (at < from) continue;
    const std::size_t middle = at + contraction.first.size();
    const std::size_t rest = word_at(text, middle, contraction.second), end = middle + rest;
    const bool alone = rest > 0 && !(at > 0 && continues_word(previous_character(text, at))) &&
                       !continues_word_after(text, end) && text.substr(end).starts_with(contraction.then);
    if (!alone) continue;
    out.append(text.substr(from, at - from)).append(" ").append(contraction.first).append(" ");
    out.append(text.substr(middle, rest)).append(" ");
    from = end;
  }
  return out.append(text.substr(from));
}

std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  for (std::size_t at = text.find_first_not_of(' '); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    pieces.emplace_back(text.substr(at, end - at));
    at = text.find_first_not_of(' ', end);
  }
  return pieces;
}

}  // namespace

std::vector<std::string> treebank_tokens(std::string_view lower) {
  std::string text = directed_quotes(single_spaced(lower));
  text = ' ' + spaced_everywhere(spaced_final_point(spaced_inside(text))) + ' ';
  if (text.find('\'') != std::string::npos) {
    text = spaced_long_endings(spaced_short_endings(spaced_end_apostrophes(text)));
  }
  for (const Contraction& contraction : contractions) text = split_contraction(text, contraction);
  return pieces_of(text);
}

}  // namespace assay::similarity
