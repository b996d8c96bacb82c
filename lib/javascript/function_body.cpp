#include "javascript/function_body.hpp"

#include <optional>

#include "text/javascript_text.hpp"

namespace assay::javascript {
namespace {

/// The last semicolon that ends a statement.
std::optional<std::size_t> last_semicolon(std::string_view code) {
  std::optional<std::size_t> last;
  char quote = 0;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (c == '\\') {
      ++at;  // what follows is escaped
    } else if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (c == ';') {
      last = at;
    }
  }
  return last;
}

bool declares(std::string_view code) {
  for (const std::string_view word : {"const", "let", "var"}) {
    if (!code.starts_with(word) || code.size() == word.size()) continue;
    const std::string_view rest = code.substr(word.size());
    if (text::trim(rest).size() < rest.size() && text::trim(rest).data() != rest.data()) return true;
  }
  return false;
}

std::string_view without_end(std::string_view code) {
  code = text::trim(code);
  while (!code.empty() && code.back() == ';') code = text::trim(code.substr(0, code.size() - 1));
  return code;
}

}  // namespace

std::string function_body(std::string_view value) {
  // Only the end counts here: the line breaks before the code make it a body.
  const std::string_view trimmed = text::trim(value);
  const std::string_view ended =
      trimmed.empty() ? trimmed
                      : value.substr(0, static_cast<std::size_t>(trimmed.data() - value.data()) + trimmed.size());
  if (ended.find('\n') != std::string_view::npos) return std::string(ended);
  const std::string_view code = without_end(ended);
  if (!declares(code)) return "return " + std::string(code);
  const std::optional<std::size_t> end = last_semicolon(code);
  const std::string_view expression = end ? text::trim(code.substr(*end + 1)) : std::string_view();
  if (expression.empty()) return std::string(code);
  return std::string(code.substr(0, *end + 1)) + " return " + std::string(expression);
}

}  // namespace assay::javascript
