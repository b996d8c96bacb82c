#pragma once
#include "json/document.hpp"
#include "tools/calls.hpp"
#include "tools/valid_call.hpp"

namespace assay::tools {

/// valid_function_call for tools with functionDeclarations. Schema types may be in capitals (OBJECT, STRING). A
/// function without parameters takes no arguments; one with parameters takes at least one.
Answer valid_gemini_call(const Output& output, json::View tools, const SchemaCheck& check);

}  // namespace assay::tools
