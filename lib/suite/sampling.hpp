#pragma once
#include <string>
#include <string_view>

#include "suite/read.hpp"

namespace assay::suite {

/// Where the tools stand that a tool_choice may name.
enum class ToolsAre { here, here_or_in_the_suite };

/// Reads what a model is asked for beside the text, from a suite's `defaults` or a job's `sampling`:
///
///   {temperature 0…2, top_p 0…1, max_tokens, seed, stop: text | [text…], top_k, frequency_penalty and presence_penalty
///    -2…2, reasoning_effort, reasoning_tokens, log_probs, parallel_tool_calls, stream,
///    response_format: {"type": "json_object"} | {"type": "json_schema", "name", "schema", "strict"?},
///    tools: [{"name", "description"?, "parameters"?, "strict"?}], tool_choice: auto | none | required | a tool's name}
///
/// Null counts as absent. assay_private.check_wishes refuses the same in SQL, before a job exists; one table of cases
/// (tests/data/suite/sampling.tsv) holds for both. `path` heads the place in a fault: "defaults.tools[0].name".
Result<Sampling, Fault> read_sampling(json::View object, const std::string& path, ToolsAre tools = ToolsAre::here);

/// The same from JSON text; an empty one asks for nothing.
Result<Sampling, Fault> read_sampling(std::string_view json_text, const std::string& path,
                                      ToolsAre tools = ToolsAre::here);

}  // namespace assay::suite
