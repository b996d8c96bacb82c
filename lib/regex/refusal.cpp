#include "regex/refusal.hpp"

namespace assay::regex {

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::bad_flags:
      return "bad_flags";
    case Refusal::unterminated_class:
      return "unterminated_class";
    case Refusal::unterminated_group:
      return "unterminated_group";
    case Refusal::unmatched_paren:
      return "unmatched_paren";
    case Refusal::nothing_to_repeat:
      return "nothing_to_repeat";
    case Refusal::bad_range:
      return "bad_range";
    case Refusal::unknown_group:
      return "unknown_group";
    case Refusal::unknown_escape:
      return "unknown_escape";
    case Refusal::lone_bracket:
      return "lone_bracket";
    case Refusal::quantifier_out_of_order:
      return "quantifier_out_of_order";
    case Refusal::trailing_backslash:
      return "trailing_backslash";
    case Refusal::group_name:
      return "group_name";
    case Refusal::unicode_property:
      return "unicode_property";
    case Refusal::quantifier_too_large:
      return "quantifier_too_large";
    case Refusal::too_long:
      return "too_long";
    case Refusal::variable_lookbehind:
      return "variable_lookbehind";
    case Refusal::capture_in_lookbehind:
      return "capture_in_lookbehind";
    case Refusal::backreference_in_lookbehind:
      return "backreference_in_lookbehind";
    case Refusal::capture_reset:
      return "capture_reset";
    case Refusal::case_backreference:
      return "case_backreference";
  }
  return "unknown_escape";
}

}  // namespace assay::regex
