#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/require.hpp"
#include "regex/engine.hpp"
#include "regex/re2_text.hpp"
#include "regex/regex.hpp"
#include "regex/regex_gate.hpp"
#include "regex/subject.hpp"
#include "text/javascript_text.hpp"

using namespace assay;
using assay::regex::Engine;
using assay::regex::MadeEngine;
using assay::regex::Regex;
using assay::regex::Subject;

namespace {

/// A few letters, so that one byte chooses the flags.
std::string flags(unsigned char choice) {
  std::string letters;
  for (const auto& [bit, letter] : {std::pair(1, 'i'), {2, 'm'}, {4, 's'}, {8, 'u'}, {16, 'y'}}) {
    if (choice & bit) letters += letter;
  }
  return letters;
}

Regex::Bounds bounds() {
  Regex::Bounds bounds;
  bounds.steps = 200'000;
  bounds.memory_bytes = 1 << 20;
  bounds.way_back_bytes = 1 << 20;
  return bounds;
}

bool is_limit(const std::string& error) {
  return error.starts_with("the regex is too large") || error.starts_with("regex limit reached");
}

}  // namespace

/// Input: a byte for the flags, a pattern, NUL, a subject. Whatever the gate takes runs, or is stopped by a limit that
/// is named. The same question has the same answer, and where RE2 can say the pattern, the counting engine says the
/// same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string letters = flags(data[0]), input(data + 1, data + size);
  const std::size_t cut = std::min(input.find('\0'), input.size());
  const std::string pattern = input.substr(0, cut);
  const std::string text = text::well_formed(cut < input.size() ? input.substr(cut + 1) : std::string());

  const auto tree = assay::regex::read_regex(pattern, letters);
  const auto regex = Regex::compile(pattern, letters, bounds());
  if (!tree) {
    require(!regex && tree.error().offset <= pattern.size(), "a refused pattern is not compiled");
    return 0;
  }
  if (!regex) {
    require(is_limit(regex.error()), "a pattern that passes the gate is refused for its size only");
    return 0;
  }
  Subject subject(text);
  const auto first = regex->test(subject);
  require(first || is_limit(first.error()), "a test ends with an answer or at a limit");
  require(first == regex->test(subject), "the same question has the same answer");
  if (!first || !assay::regex::fits_re2(*tree)) return 0;

  const MadeEngine counting = assay::regex::make_pcre2_engine(*tree, bounds());
  if (!counting) return 0;
  const auto second = (*counting)->test(subject);
  require(!second || *second == *first, "both engines say the same");
  return 0;
}
