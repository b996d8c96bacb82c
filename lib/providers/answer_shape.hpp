#pragma once
#include <string_view>

#include "framing/framing.hpp"

namespace assay::providers {

/// What a server sends where a stream was asked for.
enum class AnswerShape {
  unknown,  ///< not told so far
  stream,
  whole  ///< one JSON answer, or a page
};

/// What the content type promises. Lines of JSON are streamed under several names, and a whole answer of Ollama's is
/// one such line; a page never is.
AnswerShape promised_shape(framing::Kind kind, std::string_view content_type);

/// How a body begins that no content type explains. Leading blanks are passed over; nothing else: unknown.
AnswerShape shape_of(std::string_view body);

/// The body from its first character that is no blank and no byte order mark.
std::string_view without_leading_blanks(std::string_view body);

}  // namespace assay::providers
