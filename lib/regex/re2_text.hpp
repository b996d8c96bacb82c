#pragma once
#include <string>
#include <string_view>

#include "regex/regex_gate.hpp"

namespace assay::regex {

/// How JavaScript's code units are shown to RE2, which knows code points: a unit below U+D800 or above U+DFFF is
/// itself, a surrogate unit u is the private character U+100000 + (u - U+D800). A character above U+FFFF is always
/// shown as two, so the private ones are free, and patterns see single units as they do in JavaScript without the u
/// flag.
inline constexpr char32_t shown_surrogates = 0x100000;

/// A pattern for RE2 (UTF-8, its own syntax, all defaults) that matches in subject_for_re2(text) exactly where the tree
/// matches in text.
std::string pattern_for_re2(const RegexTree& tree);

/// Whether \B stands in the tree. RE2 would also try it inside the bytes of one character; such a pattern must be led
/// from character to character by a prefix of its own.
bool must_step_by_character(const RegexTree& tree);

/// Whether a text of valid UTF-8 is its own subject_for_re2().
bool shown_as_it_is(std::string_view text);
std::string subject_for_re2(std::string_view text);

}  // namespace assay::regex
