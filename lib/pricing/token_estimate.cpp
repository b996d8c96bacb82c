#include "pricing/token_estimate.hpp"

#include <algorithm>
#include <iterator>

#include "json/utf8.hpp"

namespace assay::pricing {
namespace {

using Family = ScriptFamily;
constexpr std::int64_t token = 4;  // in quarters

/// Worth of a character: the dearest tokenizer's price of gibberish in its script. 0: a token a byte.
struct Range {
  char32_t first, last;
  Family family;
  std::int64_t quarters;
};

/// By first character. Single characters inside a range are those that one tokenizer takes apart before it counts.
constexpr Range ranges[] = {
    {0x00C0, 0x024F, Family::latin, 0},
    {0x0300, 0x036F, Family::latin, 0},
    {0x0370, 0x03FF, Family::greek, 8},
    {0x0400, 0x040F, Family::cyrillic, 8},
    {0x0410, 0x044F, Family::cyrillic, 4},
    {0x0450, 0x052F, Family::cyrillic, 8},
    {0x0531, 0x0586, Family::armenian, 8},
    {0x0587, 0x0587, Family::armenian, 16},
    {0x0588, 0x058F, Family::armenian, 8},
    {0x0591, 0x05CF, Family::hebrew, 8},
    {0x05D0, 0x05EA, Family::hebrew, 6},
    {0x05EB, 0x05F4, Family::hebrew, 8},
    {0x0600, 0x0620, Family::arabic, 8},
    {0x0621, 0x064A, Family::arabic, 6},
    {0x064B, 0x077F, Family::arabic, 8},
    {0x0900, 0x0965, Family::indic, 10},
    {0x0966, 0x096F, Family::indic, 12},
    {0x0970, 0x097F, Family::indic, 10},
    {0x0980, 0x0DFF, Family::indic, 0},
    {0x0E01, 0x0E32, Family::southeast_asian, 8},
    {0x0E33, 0x0E33, Family::southeast_asian, 16},
    {0x0E34, 0x0E4F, Family::southeast_asian, 8},
    {0x0E50, 0x0EB2, Family::southeast_asian, 0},
    {0x0EB3, 0x0EB3, Family::southeast_asian, 24},
    {0x0EB4, 0x0EDB, Family::southeast_asian, 0},
    {0x0EDC, 0x0EDD, Family::southeast_asian, 24},
    {0x1000, 0x109F, Family::southeast_asian, 0},
    {0x10A0, 0x10FF, Family::georgian, 10},
    {0x1100, 0x11FF, Family::hangul, 0},
    {0x1780, 0x17FF, Family::southeast_asian, 0},
    {0x1E00, 0x1EFF, Family::latin, 0},
    {0x1F00, 0x1FFF, Family::greek, 0},
    {0x2000, 0x206F, Family::punctuation, 0},
    {0x2E80, 0x2FDF, Family::han, 0},
    {0x3040, 0x30FF, Family::kana, 8},
    {0x3130, 0x318F, Family::hangul, 0},
    {0x3400, 0x9FFF, Family::han, 0},
    {0xAC00, 0xD7A3, Family::hangul, 0},
    {0xF900, 0xFAFF, Family::han, 0},
    {0xFE0F, 0xFE0F, Family::emoji, 0},
    {0xFF66, 0xFF9F, Family::kana, 0},
    {0x1F1E6, 0x1FAFF, Family::emoji, 0},
    {0x20000, 0x3FFFF, Family::han, 0},
};

const Range* range_of(char32_t c) {
  const auto after = std::upper_bound(std::begin(ranges), std::end(ranges), c,
                                      [](char32_t at, const Range& r) { return at < r.first; });
  if (after == std::begin(ranges)) return nullptr;
  const Range* range = std::prev(after);
  return c <= range->last ? range : nullptr;
}

bool capital(char c) {
  return c >= 'A' && c <= 'Z';
}
bool letter(char c) {
  return capital(c) || (c >= 'a' && c <= 'z');
}
bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool vowel(char c) {
  return std::string_view("aeiouAEIOU").find(c) != std::string_view::npos;
}

/// One pass over a text.
class Estimator {
 public:
  explicit Estimator(std::string_view text) : text_(text) {}

  TokenEstimate made() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (letter(c)) {
        add(Family::latin, 1, 1, worth_of_letter(c));
      } else if (c == ' ') {
        spaces();
      } else if (static_cast<unsigned char>(c) < 0x80) {
        const bool blank = c == '\n' || c == '\t' || c == '\r';
        add(digit(c) ? Family::digits : blank ? Family::space : Family::punctuation, 1, 1, token);
      } else {
        beyond_ascii();
      }
    }
    std::int64_t quarters = 0;
    for (const FamilyShare& share : made_.families) quarters += share.quarter_tokens;
    // Some tokenizers begin each text with a mark of their own.
    if (!text_.empty()) made_.tokens = 1 + (quarters + token - 1) / token;
    return made_;
  }

 private:
  void add(Family family, std::int64_t characters, std::int64_t bytes, std::int64_t quarters) {
    FamilyShare& share = made_.families[static_cast<std::size_t>(family)];
    share.characters += characters;
    share.bytes += bytes;
    share.quarter_tokens += quarters;
    at_ += static_cast<std::size_t>(bytes);
  }

  /// A word's first letter is a token, where a small letter before a capital ends a word. Further letters are half of
  /// one, capitals three quarters. Whole ones are what no word of a language has: the third vowel or consonant in a row
  /// and each beyond it, and the letter after the first of a word that another word or a digit touches.
  std::int64_t worth_of_letter(char c) {
    const char before = at_ == 0 ? ' ' : text_[at_ - 1];
    const bool is_vowel = vowel(c);
    if (!letter(before) || (capital(c) && !capital(before))) {
      touched_ = letter(before) || digit(before);
      alike_ = 1;
      of_vowels_ = is_vowel;
      return token;
    }
    alike_ = is_vowel == of_vowels_ ? alike_ + 1 : 1;
    of_vowels_ = is_vowel;
    const bool whole = alike_ >= 3 || touched_;
    touched_ = false;
    return whole ? token : capital(c) ? token * 3 / 4 : token / 2;
  }

  /// One space before a Latin word belongs to the word. Otherwise the last of a run is a token, and each eight before.
  void spaces() {
    const std::size_t end = std::min(text_.find_first_not_of(' ', at_), text_.size());
    const auto run = static_cast<std::int64_t>(end - at_);
    const bool of_word = run == 1 && end < text_.size() && letter(text_[end]);
    add(Family::space, run, run, of_word ? 0 : token * (1 + (run - 1 + 7) / 8));
  }

  void beyond_ascii() {
    const json::Decoded c = json::decode_utf8(text_, at_);
    const Range* range = c.valid ? range_of(c.code_point) : nullptr;
    const std::int64_t quarters = range && range->quarters ? range->quarters : token * c.length;
    add(range ? range->family : Family::other, 1, c.length, quarters);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  TokenEstimate made_;
  int alike_ = 0;           ///< vowels, or consonants, in a row
  bool of_vowels_ = false;  ///< which of them
  bool touched_ = false;    ///< the letter before began a word right behind another or a digit
};

}  // namespace

TokenEstimate estimate_tokens(std::string_view text) {
  return Estimator(text).made();
}

std::int64_t most_tokens(std::string_view text) {
  return estimate_tokens(text).tokens;
}

std::int64_t most_prompt_tokens(std::initializer_list<std::string_view> texts) {
  std::int64_t sum = 0;
  for (const std::string_view text : texts) {
    if (!text.empty()) sum += most_tokens(text) + message_frame_tokens;
  }
  return sum;
}

std::int64_t most_answer_tokens(const Completion& completion) {
  return most_tokens(completion.text) + most_tokens(completion.reasoning) + most_tokens(completion.refusal) +
         most_tokens(completion.tool_calls);
}

std::string_view to_string(ScriptFamily family) {
  switch (family) {
    case Family::latin:
      return "latin";
    case Family::digits:
      return "digits";
    case Family::punctuation:
      return "punctuation";
    case Family::space:
      return "space";
    case Family::greek:
      return "greek";
    case Family::cyrillic:
      return "cyrillic";
    case Family::armenian:
      return "armenian";
    case Family::georgian:
      return "georgian";
    case Family::hebrew:
      return "hebrew";
    case Family::arabic:
      return "arabic";
    case Family::indic:
      return "indic";
    case Family::southeast_asian:
      return "southeast asian";
    case Family::kana:
      return "kana";
    case Family::han:
      return "han";
    case Family::hangul:
      return "hangul";
    case Family::emoji:
      return "emoji";
    case Family::other:
      return "other";
  }
  return "";
}

std::string_view rule_of(ScriptFamily family) {
  switch (family) {
    case Family::latin:
      return "a word's first letter 1, the others 1/2 (capitals 3/4); a letter with a mark its bytes";
    case Family::digits:
      return "1 a digit";
    case Family::punctuation:
      return "1 a byte";
    case Family::space:
      return "0 before a Latin word; else 1, and 1 for each 8 of a run; 1 a line end or tab";
    case Family::greek:
      return "2 a letter, with accents of old 3";
    case Family::cyrillic:
      return "1 a letter of Russian, 2 any other";
    case Family::armenian:
      return "2 a letter";
    case Family::georgian:
      return "2 1/2 a letter";
    case Family::hebrew:
      return "1 1/2 a letter, 2 a vowel point";
    case Family::arabic:
      return "1 1/2 a letter, 2 a vowel point or a letter that Arabic lacks";
    case Family::indic:
      return "Devanagari 2 1/2, others 3 (a byte each)";
    case Family::southeast_asian:
      return "Thai 2, others 3 (a byte each)";
    case Family::kana:
      return "2, in half width 3";
    case Family::han:
      return "1 a byte: 3 or 4 a character";
    case Family::hangul:
      return "1 a byte: 3 a syllable";
    case Family::emoji:
      return "1 a byte";
    case Family::other:
      return "1 a byte";
  }
  return "";
}

}  // namespace assay::pricing
