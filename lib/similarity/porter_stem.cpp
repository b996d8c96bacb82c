#include "similarity/porter_stem.hpp"

#include <cstddef>
#include <initializer_list>

#include "text/javascript_text.hpp"

namespace assay::similarity {
namespace {

bool is_vowel_letter(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

/// y is a consonant at the start and after a vowel. The letters before decide, so one pass tells all of them.
struct Shape {
  std::size_t measure = 0;  ///< how often a vowel is followed by a consonant: the paper's m
  bool has_vowel = false;
  bool consonant = false;  ///< of the last letter
};

Shape shape_of(std::string_view stem) {
  Shape shape;
  for (std::size_t at = 0; at < stem.size(); ++at) {
    const bool consonant = stem[at] == 'y' ? at == 0 || !shape.consonant : !is_vowel_letter(stem[at]);
    if (consonant && at > 0 && !shape.consonant) ++shape.measure;
    shape.has_vowel = shape.has_vowel || !consonant;
    shape.consonant = consonant;
  }
  return shape;
}

std::size_t measure(std::string_view stem) {
  return shape_of(stem).measure;
}
bool ends_in_consonant(std::string_view stem) {
  return !stem.empty() && shape_of(stem).consonant;
}

/// The paper's *d.
bool ends_in_double_consonant(std::string_view stem) {
  const std::size_t size = stem.size();
  return size >= 2 && stem[size - 1] == stem[size - 2] && is_ascii(stem[size - 1]) && ends_in_consonant(stem);
}

/// The paper's *o: consonant, vowel, consonant, the last not w, x or y.
bool ends_in_short_syllable(std::string_view stem) {
  const std::size_t size = stem.size();
  if (size < 3 || stem[size - 1] == 'w' || stem[size - 1] == 'x' || stem[size - 1] == 'y') return false;
  return ends_in_consonant(stem) && !ends_in_consonant(stem.substr(0, size - 1)) &&
         ends_in_consonant(stem.substr(0, size - 2));
}

struct Rule {
  std::string_view suffix, replacement;
};

/// Of the rules whose suffix the word has, the first counts (longer suffixes stand first); it is carried out when the
/// stem's measure is more than `above`.
void apply(std::string& word, std::initializer_list<Rule> rules, std::size_t above) {
  for (const Rule& rule : rules) {
    if (!word.ends_with(rule.suffix)) continue;
    const std::size_t stem = word.size() - rule.suffix.size();
    if (measure(std::string_view(word).substr(0, stem)) > above)
      word.replace(stem, std::string::npos, rule.replacement);
    return;
  }
}

void plurals(std::string& word) {
  if (word.ends_with("sses") || word.ends_with("ies")) {
    word.resize(word.size() - 2);
  } else if (word.ends_with("s") && !word.ends_with("ss")) {
    word.pop_back();
  }
}

void after_past(std::string& word) {
  if (word.ends_with("at") || word.ends_with("bl") || word.ends_with("iz")) {
    word += 'e';
  } else if (ends_in_double_consonant(word)) {
    if (word.back() != 'l' && word.back() != 's' && word.back() != 'z') word.pop_back();
  } else if (measure(word) == 1 && ends_in_short_syllable(word)) {
    word += 'e';
  }
}

void past_and_progressive(std::string& word) {
  if (word.ends_with("eed")) {
    if (measure(std::string_view(word).substr(0, word.size() - 3)) > 0) word.pop_back();
    return;
  }
  const std::size_t suffix = word.ends_with("ed") ? 2 : word.ends_with("ing") ? 3 : 0;
  if (suffix == 0 || !shape_of(std::string_view(word).substr(0, word.size() - suffix)).has_vowel) return;
  word.resize(word.size() - suffix);
  after_past(word);
}

void final_y(std::string& word) {
  const bool found = word.ends_with('y') && shape_of(std::string_view(word).substr(0, word.size() - 1)).has_vowel;
  if (found) word.back() = 'i';
}

void long_endings(std::string& word) {
  apply(word, {{"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"},
               {"bli", "ble"},     {"alli", "al"},     {"entli", "ent"}, {"eli", "e"},     {"ousli", "ous"},
               {"ization", "ize"}, {"ation", "ate"},   {"ator", "ate"},  {"alism", "al"},  {"iveness", "ive"},
               {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"},  {"iviti", "ive"}, {"biliti", "ble"},
               {"logi", "log"}},
        0);
  apply(word,
        {{"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ful", ""}, {"ness", ""}},
        0);
}

void last_endings(std::string& word) {
  if (word.ends_with("ion") && !word.ends_with("sion") && !word.ends_with("tion")) return;
  apply(word,
        {{"al", ""},
         {"ance", ""},
         {"ence", ""},
         {"er", ""},
         {"ic", ""},
         {"able", ""},
         {"ible", ""},
         {"ant", ""},
         {"ement", ""},
         {"ment", ""},
         {"ent", ""},
         {"ion", ""},
         {"ou", ""},
         {"ism", ""},
         {"ate", ""},
         {"iti", ""},
         {"ous", ""},
         {"ive", ""},
         {"ize", ""}},
        1);
}

void tidy(std::string& word) {
  if (word.ends_with('e')) {
    const std::string_view stem = std::string_view(word).substr(0, word.size() - 1);
    const std::size_t m = measure(stem);
    if (m > 1 || (m == 1 && !ends_in_short_syllable(stem))) word.pop_back();
  }
  if (word.ends_with("ll") && measure(word) > 1) word.pop_back();
}

}  // namespace

std::string porter_stem(std::string_view whole) {
  std::string word(whole);
  if (text::utf16_length(word) <= 2) return word;
  plurals(word);
  past_and_progressive(word);
  final_y(word);
  long_endings(word);
  last_endings(word);
  tidy(word);
  return word;
}

}  // namespace assay::similarity
