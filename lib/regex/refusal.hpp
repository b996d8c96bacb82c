#pragma once
#include <cstddef>
#include <string_view>

namespace assay::regex {

/// Why a JavaScript pattern is not judged: JavaScript refuses it too, or its meaning is not carried over exactly. The
/// names are those of the SQL function that checks a suite when it is stored; tests/data/regex/gate.tsv holds both.
enum class Refusal {
  // JavaScript refuses these too.
  bad_flags,  ///< also v, which is another language
  unterminated_class,
  unterminated_group,
  unmatched_paren,
  nothing_to_repeat,
  bad_range,
  unknown_group,  ///< (? and something that begins no group
  unknown_escape,
  lone_bracket,
  quantifier_out_of_order,
  trailing_backslash,
  group_name,  ///< missing, twice, or unknown; also one with other characters than ASCII's
  // These have a meaning that is not carried over.
  unicode_property,
  quantifier_too_large,
  too_long,
  variable_lookbehind,          ///< a lookbehind that may look at very many lengths
  capture_in_lookbehind,        ///< a backreference to a group in a lookbehind: it is read from right to left
  backreference_in_lookbehind,  ///< the same from within
  capture_reset,                ///< a backreference that could see what a repetition has forgotten
  case_backreference            ///< ignoring case, to a group that can hold more than ASCII's letters
};
std::string_view to_string(Refusal refusal);

/// The first thing in a pattern that is refused, and its byte offset.
struct RegexFault {
  Refusal refusal;
  std::size_t offset = 0;
};

}  // namespace assay::regex
