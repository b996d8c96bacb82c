#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace assay::similarity {

/// Texts of this room are in the form of text::well_formed(): UTF-8 in which a lone surrogate stands as three bytes.

/// The words of a text: runs of what is not JavaScript white space. They point into the text.
std::vector<std::string_view> words(std::string_view text);

/// JavaScript's `text.split(/\s+/)`: as words(), with an empty piece where white space stands at an end, and one empty
/// piece for an empty text.
std::vector<std::string_view> split_at_space(std::string_view text);

/// How many words there are: promptfoo's word-count. Nothing else counts as a separator, so "don't-know" is one.
std::size_t word_count(std::string_view text);

/// The characters of a text; a lone surrogate is one.
std::u32string characters(std::string_view text);

/// The fields of a comma list as contains-any and contains-all of promptfoo read them: white space and empty fields
/// between commas vanish; a field that begins with a quotation mark goes to the next one, with \" and \\ and "" as
/// escapes, and may be empty. The errors are an unterminated quotation and text between one and the next comma.
Result<std::vector<std::string>, std::string> comma_list(std::string_view text);

}  // namespace assay::similarity
