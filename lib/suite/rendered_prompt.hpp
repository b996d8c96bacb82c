#pragma once
#include <string>

#include "base/result.hpp"
#include "job/suite.hpp"

namespace assay::suite {

/// What a model is sent for one test case.
struct RenderedPrompt {
  std::string system;  ///< not sent when empty
  std::string input;   ///< the user's message
};

/// The suite's prompt is the system's and the case's input the user's; a case without an input asks the prompt itself.
/// Where the suite has templates both are rendered with the case's vars. The error is a sentence that names the part.
Result<RenderedPrompt, std::string> rendered_prompt(const Suite& suite, const TestCase& test);

}  // namespace assay::suite
