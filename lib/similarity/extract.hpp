#pragma once
#include <optional>
#include <string_view>

namespace assay::similarity {

/// The part of an answer that is the answer, without the reasoning around it. Each result points into the text; nothing
/// when the text has no such part. All are linear in the text.

/// The last line that is not blank, trimmed.
std::optional<std::string_view> last_line(std::string_view text);

/// What follows the last occurrence of a marker (ASCII letters in any case), to the end of its line, trimmed; when that
/// is blank, the next line that is not.
std::optional<std::string_view> after_marker(std::string_view text, std::string_view marker);

/// What follows the last of "####", "answer:" and "answer is", without emphasis marks around it and a point at its end.
std::optional<std::string_view> marked_answer(std::string_view text);

/// What stands in the \boxed{…} that closes last, trimmed; braces inside may nest, \{ and \} are text.
std::optional<std::string_view> boxed(std::string_view text);

/// Which of several.
enum class Which { first, last };

/// The contents of a fenced code block (CommonMark: three or more ` or ~, at most three spaces before them), without
/// the line break at its end. With a language, only blocks whose info string begins with that word (ASCII letters in
/// any case) count. A block that is not closed goes to the end of the text.
std::optional<std::string_view> code_block(std::string_view text, Which which, std::string_view language = {});

/// The letter, from 'A' to the last of `choices` (at most 26), of a multiple-choice answer. In this order: what follows
/// the last marker of marked_answer(); what is boxed; the text when it is but a letter; the beginning of the last line
/// or of the first. A letter counts when it stands alone, in brackets, or before one of `) . : ,`; without such a mark
/// a small letter counts only where nothing else stands.
std::optional<char> choice_letter(std::string_view text, int choices);

}  // namespace assay::similarity
