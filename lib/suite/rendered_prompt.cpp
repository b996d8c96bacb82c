#include "suite/rendered_prompt.hpp"

#include <utility>

#include "suite/vars.hpp"

namespace assay::suite {
namespace {

RenderedPrompt plain(const Suite& suite, const TestCase& test) {
  if (!test.input) return {{}, suite.prompt};
  return {suite.prompt, *test.input};
}

}  // namespace

Result<RenderedPrompt, std::string> rendered_prompt(const Suite& suite, const TestCase& test) {
  RenderedPrompt prompt = plain(suite, test);
  if (!suite.templates) return prompt;
  const auto vars = Vars::resolved(test.vars);
  if (!vars) return failure(vars.error());
  for (std::string* part : {&prompt.system, &prompt.input}) {
    auto text = vars->render(*part);
    if (!text) return failure(std::string(part == &prompt.input && test.input ? "input: " : "prompt: ") + text.error());
    *part = std::move(*text);
  }
  return prompt;
}

}  // namespace assay::suite
