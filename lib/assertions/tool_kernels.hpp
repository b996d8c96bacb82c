#pragma once
#include "assertions/build.hpp"

namespace assay::assertions {

/// Makers of the types that look at tool calls, skills and traces. The author's value is read when the assertion is
/// judged; strict reads it once before, and refuses what is wrong with it.
Result<Made, std::string> make_tool_call_f1(const Build& build);
Result<Made, std::string> make_valid_tools_call(const Build& build);
Result<Made, std::string> make_valid_function_call(const Build& build);
Result<Made, std::string> make_skill_used(const Build& build);
Result<Made, std::string> make_trace_span_count(const Build& build);
Result<Made, std::string> make_trace_span_duration(const Build& build);
Result<Made, std::string> make_trace_error_spans(const Build& build);
Result<Made, std::string> make_tool_used(const Build& build);
Result<Made, std::string> make_tool_sequence(const Build& build);
Result<Made, std::string> make_tool_args_match(const Build& build);
Result<Made, std::string> make_step_count(const Build& build);

}  // namespace assay::assertions
