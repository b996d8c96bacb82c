#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/document.hpp"
#include "tools/glob.hpp"
#include "tools/trace.hpp"

namespace assay::tools {

/// What an agent did in one span: a command, a tool call, a search, reasoning, a message, or just a span.
struct Step {
  std::string_view type;                         ///< "command", "tool", "search", "reasoning", "message", "span"
  std::string name;                              ///< the command line, the tool, the query; else the span's name
  std::vector<std::string> aliases;              ///< names a pattern may match, the span's own among them
  json::View arguments;                          ///< of a tool or command; missing when none were recorded
  std::shared_ptr<const json::Document> parsed;  ///< what `arguments` looks into when they were text
};

/// The steps of a trace in order of their start (then end, then place). What attributes mean is read from the names
/// that tracing libraries use; see docs/decisions/138.
std::vector<Step> steps_of(const Trace& trace);

/// Which steps an assertion means: a type or several, and a pattern (or name) that an alias must match.
struct StepMatcher {
  std::optional<std::vector<std::string>> types;  ///< absent: any
  std::optional<Glob> glob;                       ///< absent: any
  std::string shown = "*";                        ///< the pattern as written

  bool matches(const Step& step) const;
};

/// A matcher from text (a pattern) or from {type, pattern | name}. The error says what is wrong.
Result<StepMatcher, std::string> read_matcher(json::View value, std::optional<std::string> default_type);

}  // namespace assay::tools
