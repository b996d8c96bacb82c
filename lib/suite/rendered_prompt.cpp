#include "suite/rendered_prompt.hpp"

#include <utility>

namespace assay::suite {
namespace {

bool is_template(const std::string& text) {
  return text.find("{{") != std::string::npos || text.find("{%") != std::string::npos ||
         text.find("{#") != std::string::npos;
}

Result<std::string, std::string> rendered(const Suite& suite, const std::string& text, const char* part) {
  if (suite.templates && is_template(text)) return failure(std::string(part) + ": templates are not built yet");
  return text;
}

}  // namespace

Result<RenderedPrompt, std::string> rendered_prompt(const Suite& suite, const TestCase& test) {
  auto prompt = rendered(suite, suite.prompt, "prompt");
  if (!prompt) return failure(std::move(prompt.error()));
  if (!test.input) return RenderedPrompt{{}, std::move(*prompt)};
  auto input = rendered(suite, *test.input, "input");
  if (!input) return failure(std::move(input.error()));
  return RenderedPrompt{std::move(*prompt), std::move(*input)};
}

}  // namespace assay::suite
