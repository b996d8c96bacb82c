#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/require.hpp"
#include "json/document.hpp"
#include "similarity/bleu.hpp"
#include "similarity/chrf.hpp"
#include "similarity/extract.hpp"
#include "similarity/jaro_winkler.hpp"
#include "similarity/json_likeness.hpp"
#include "similarity/levenshtein.hpp"
#include "similarity/list_overlap.hpp"
#include "similarity/meteor.hpp"
#include "similarity/numbers.hpp"
#include "similarity/refusal.hpp"
#include "similarity/rouge.hpp"
#include "similarity/token_f1.hpp"
#include "similarity/words.hpp"
#include "text/javascript_text.hpp"

using namespace assay;
using namespace assay::similarity;

namespace {

constexpr std::uint64_t max_steps = 1 << 20;

void in_bounds(const Result<double, std::string>& score) {
  require(!score || (*score >= 0 && *score <= 1), "a score lies between 0 and 1");
}

/// Two texts and each score of them.
void compare(const std::string& a, const std::string& b) {
  const std::span<const std::string> references(&b, 1);
  in_bounds(rouge_n(a, b));
  in_bounds(rouge_l(a, b, max_steps));
  in_bounds(bleu(a, references, max_steps));
  in_bounds(gleu(a, references, max_steps));
  in_bounds(meteor(a, references, {}, max_steps));
  in_bounds(chrf(a, references, max_steps));
  in_bounds(jaro_winkler(a, b, max_steps));
  in_bounds(token_f1(a, b));
  const auto distance = levenshtein(a, b, max_steps);
  const auto near = levenshtein_within(a, b, 7, max_steps);
  if (distance && near) require((*distance <= 7) == near->has_value(), "both ways say whether a text is near");
}

void compare_json(std::string_view a, std::string_view b) {
  const auto first = json::parse(a, json::Limits::foreign()), second = json::parse(b, json::Limits::foreign());
  if (first && second) in_bounds(json_likeness(first->root(), second->root(), {}, max_steps));
}

bool inside(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

/// Every part of an answer lies in the answer.
void take_apart(std::string_view text) {
  for (const auto& part : {last_line(text), marked_answer(text), boxed(text), code_block(text, Which::first),
                           code_block(text, Which::last, "c"), after_marker(text, text.substr(text.size() / 2))}) {
    require(!part || inside(*part, text), "a part lies in the text");
  }
  (void)choice_letter(text, 5);
  for (auto number = next_number(text); number; number = next_number(text, number->offset + number->length)) {
    require(number->length > 0 && number->offset + number->length <= text.size(), "a number lies in the text");
  }
  (void)sole_number(text);
  (void)comma_list(text);
  (void)list_items(text);
  (void)refusal(text);
  require(split_at_space(text).size() >= word_count(text), "every word is a piece");
}

}  // namespace

/// Any two texts (they are parted at the first 0xFF) end in scores or errors that name a limit.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(data, data + size);
  const std::size_t cut = bytes.find('\xFF');
  const std::string a = text::well_formed(bytes.substr(0, cut));
  const std::string b = cut == std::string::npos ? a : text::well_formed(bytes.substr(cut + 1));
  compare(a, b);
  compare_json(a, b);
  take_apart(a);
  return 0;
}
