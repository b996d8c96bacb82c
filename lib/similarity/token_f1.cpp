#include "similarity/token_f1.hpp"

#include <array>

#include "similarity/grams.hpp"
#include "similarity/rouge.hpp"
#include "similarity/words.hpp"
#include "text/javascript_text.hpp"
#include "text/surrogate.hpp"
#include "text/unicode.hpp"

namespace assay::similarity {
namespace {

bool is_ascii_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool is_article(std::string_view run) {
  return run == "a" || run == "an" || run == "the";
}

/// A letter or number at `at`: its bytes, or 0.
std::size_t word_character_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (static_cast<unsigned char>(c) < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  const text::Step step = text::next_character(text, at);
  return text::is_letter(step.code_point) || text::is_number(step.code_point) ? step.length : 0;
}

/// Where the run of letters and numbers that begins at `at` ends. The text is lower case.
std::size_t after_run(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t length = word_character_at(text, at);
    if (length == 0) break;
    at += length;
  }
  return at;
}

std::string without_articles(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = after_run(text, at);
    const std::size_t next = end == at ? at + text::next_character(text, at).length : end;
    const std::string_view piece = text.substr(at, next - at);
    out += is_article(piece) ? std::string_view(" ") : piece;
    at = next;
  }
  return out;
}

}  // namespace

std::vector<std::string> squad_words(std::string_view text) {
  std::string lower = text::to_lower_case(text);
  std::erase_if(lower, is_ascii_punctuation);
  const std::string left = without_articles(lower);
  const auto found = words(left);
  return {found.begin(), found.end()};
}

bool squad_equal(std::string_view candidate, std::string_view reference) {
  return squad_words(candidate) == squad_words(reference);
}

double token_f1(std::string_view candidate, std::string_view reference) {
  const auto answer = squad_words(candidate), wanted = squad_words(reference);
  if (answer.empty() || wanted.empty()) return answer.size() == wanted.size() ? 1 : 0;
  const std::vector<std::string_view> texts[] = {{answer.begin(), answer.end()}, {wanted.begin(), wanted.end()}};
  const auto common = static_cast<double>(Grams(number_words(texts)).matches(0, 1));
  return f1(common / static_cast<double>(answer.size()), common / static_cast<double>(wanted.size()));
}

}  // namespace assay::similarity
