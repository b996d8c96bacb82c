#include "providers/answer_shape.hpp"

#include <algorithm>
#include <cctype>

namespace assay::providers {
namespace {

bool contains(std::string_view text, std::string_view word) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

}  // namespace

AnswerShape promised_shape(framing::Kind kind, std::string_view content_type) {
  const bool page = contains(content_type, "html");
  const bool json = contains(content_type, "json");
  switch (kind) {
    case framing::Kind::sse:
      if (contains(content_type, "event-stream")) return AnswerShape::stream;
      return json || page ? AnswerShape::whole : AnswerShape::unknown;
    case framing::Kind::ndjson:
      return page ? AnswerShape::whole : AnswerShape::stream;
    case framing::Kind::aws_event_stream:
      return json || page ? AnswerShape::whole : AnswerShape::stream;
  }
  return AnswerShape::unknown;
}

std::string_view without_leading_blanks(std::string_view body) {
  body.remove_prefix(std::min(body.find_first_not_of("\xEF\xBB\xBF\r\n\t "), body.size()));
  return body;
}

AnswerShape shape_of(std::string_view body) {
  body = without_leading_blanks(body);
  if (body.empty()) return AnswerShape::unknown;
  const char c = body.front();
  return c == '{' || c == '[' || c == '<' || c == '"' ? AnswerShape::whole : AnswerShape::stream;
}

}  // namespace assay::providers
