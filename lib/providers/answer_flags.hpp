#pragma once
#include <string_view>

#include "job/completion.hpp"
#include "providers/deployment.hpp"

/// What every dialect says of an answer beside the answer.
namespace assay::providers {

/// Adds one of completion_flags, once.
void flag(Completion& completion, std::string_view word);

/// Whether the model that was asked for is the one that the answer names, as far as names tell; nothing tells where one
/// of them is empty. Case, a path before the name ("openai/", "models/") and how it is served (":free") do not count.
/// Marks of a version in time ("-2024-08-06", "-0613", "-001", "-latest", "-preview") may be more than was asked for;
/// who asked for a dated version gets that one. Of two variants (":1b", "@20241022") both must be the same. "gpt-5" and
/// "gpt-5-mini" are two.
bool same_model(std::string_view asked, std::string_view served);

/// Whether the name that is asked for is a deployment's own and says nothing of the model behind it (Azure).
bool names_deployments(const Deployment& deployment);

/// The flags that follow from the answer itself: empty, other_model (not where names are deployments'),
/// out_of_reasoning, tool_arguments. Call it last, on a whole answer.
void flag_answer(Completion& completion, const Deployment& deployment);

}  // namespace assay::providers
