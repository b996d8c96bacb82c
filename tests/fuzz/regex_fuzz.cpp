#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/require.hpp"
#include "regex/regex.hpp"
#include "regex/regex_gate.hpp"

using namespace assay;

/// Input: a pattern, NUL, a subject. Whatever the gate takes must run (or be too large by name), and a match of the
/// whole subject is not lost when the subject is looked at twice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  const std::size_t cut = std::min(input.find('\0'), input.size());
  const std::string pattern = input.substr(0, cut);
  const std::string subject = cut < input.size() ? input.substr(cut + 1) : std::string();

  const auto tree = assay::regex::read_regex(pattern);
  const auto regex = assay::regex::Regex::compile(pattern);
  if (!tree) {
    require(!regex && tree.error().offset <= pattern.size(), "a refused pattern is not compiled");
    return 0;
  }
  if (!regex) {
    require(regex.error().starts_with("the regex is too large"),
            "a pattern that passes the gate is refused for its size only");
    return 0;
  }
  const std::string shown = assay::regex::subject_for_re2(text::well_formed(subject));
  const auto first = regex->test(shown);
  const auto second = regex->test(shown);
  require(first == second, "the same question has the same answer");
  return 0;
}
