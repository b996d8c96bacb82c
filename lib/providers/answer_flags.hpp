#pragma once
#include <string_view>

#include "job/completion.hpp"
#include "providers/deployment.hpp"

/// What every dialect says of an answer beside the answer.
namespace assay::providers {

/// Adds one of completion_flags, once.
void flag(Completion& completion, std::string_view word);

/// Whether two names mean one model as far as names tell: without case, without a path before them
/// ("openai/", "models/"), a variant after them (":free", "@001") and marks of a version in time ("-2024-08-06",
/// "-0613", "-001", "-latest", "-preview"). "gpt-5" and "gpt-5-mini" are two.
bool same_model(std::string_view asked, std::string_view served);

/// Whether the name that is asked for is a deployment's own and says nothing of the model behind it (Azure).
bool names_deployments(const Deployment& deployment);

/// The flags that follow from the answer itself: empty, other_model (not where names are deployments'),
/// out_of_reasoning, tool_arguments. Call it last, on a whole answer.
void flag_answer(Completion& completion, const Deployment& deployment);

}  // namespace assay::providers
