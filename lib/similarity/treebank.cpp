#include "similarity/treebank.hpp"

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

/// Runs of white space (U+0085 too) as one space, none at the ends.
std::string single_spaced(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const text::Step step = text::next_character(text, at);
    if (text::is_javascript_space(step.code_point) || step.code_point == 0x85) {
      gap = true;
    } else {
      if (gap && !out.empty()) out += ' ';
      gap = false;
      out += text.substr(at, step.length);
    }
    at += step.length;
  }
  return out;
}

/// Every occurrence of a text with a space on each side.
std::string spaced(std::string_view text, std::string_view what) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, from)) {
    out.append(text.substr(from, at - from)).append(" ").append(what).append(" ");
    from = at + what.size();
  }
  return out.append(text.substr(from));
}

/// Every character of a set with a space on each side.
std::string spaced_marks(std::string_view text, std::string_view marks) {
  std::string out;
  for (const char c : text) {
    if (is_one_of(c, marks)) {
      out.append(" ").append(1, c).append(" ");
    } else {
      out += c;
    }
  }
  return out;
}

/// Colons and commas, unless a digit follows: 10:45 and 1,000 stay whole.
std::string spaced_separators(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool separator =
        is_one_of(text[at], ":,") &&
        (at + 1 == text.size() || !text::is_decimal_number(text::next_character(text, at + 1).code_point));
    if (separator) out += ' ';
    out += text[at];
    if (separator) out += ' ';
  }
  return out;
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
  for (std::size_t at = 0; at < text.size();) {
    const bool found = at + 2 < text.size() && text[at] != '\'' && text[at + 1] == '\'' && text[at + 2] == ' ';
    out += text[at];
    if (found) out += " ' ";
    at += found ? 3 : 1;
  }
  return out;
}

/// "it's ", "i'm ", "he'd ".
std::string spaced_short_endings(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const bool found =
        at + 2 < text.size() && text[at] == '\'' && is_one_of(text[at + 1], "smdSMD") && text[at + 2] == ' ';
    if (found) out += ' ';
    out += text.substr(at, found ? 3 : 1);
    at += found ? 3 : 1;
  }
  return out;
}

/// "we'll ", "they're ", "i've ", "don't ".
std::string spaced_long_endings(std::string_view text) {
  static constexpr std::array<std::string_view, 4> endings{"'ll ", "'re ", "'ve ", "n't "};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    for (const std::string_view ending : endings) {
      if (text.substr(at).starts_with(ending)) length = ending.size();
    }
    if (length > 0) out += ' ';
    out += text.substr(at, length > 0 ? length : 1);
    at += length > 0 ? length : 1;
  }
  return out;
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
  text = spaced(text, "...");
  text = spaced_separators(text);
  text = spaced_marks(text, ";@#$%&");
  text = spaced_final_point(text);
  text = spaced_marks(text, "?![](){}<>");
  text = spaced(text, "--");
  text = ' ' + text + ' ';
  text = spaced_end_apostrophes(text);
  text = spaced_short_endings(text);
  text = spaced_long_endings(text);
  for (const Contraction& contraction : contractions) text = split_contraction(text, contraction);
  return pieces_of(text);
}

}  // namespace assay::similarity
