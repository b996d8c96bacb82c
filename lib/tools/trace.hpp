#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/document.hpp"

namespace assay::tools {

/// One span. Times are milliseconds of whatever clock the trace has.
struct Span {
  std::string_view name;
  std::optional<double> start, end;
  json::View attributes;  ///< missing unless an object
  json::View status_code, status_message;
};

/// A trace as values; looks into the document it was read from.
struct Trace {
  std::vector<Span> spans;                 ///< in the trace's order
  std::vector<std::string> command_tools;  ///< lower case: the tools that run commands
};

inline constexpr std::size_t max_spans = 100'000, max_attributes = 1'000'000;

/// Reads {spans: [{name, startTime, endTime, attributes, statusCode, statusMessage}], metadata: {commandToolNames}}.
/// The error says that there is no trace, which span is none, or names a limit (max_spans, max_attributes in all).
Result<Trace, std::string> read_trace(json::View trace);

/// Whether a span tells of an error: status code 2 or from 400 on, an attribute error, exception, failed or failure
/// that is true or an object, an HTTP status from 400 on, a status ERROR, or a message with a word of error.
bool is_error(const Span& span);

}  // namespace assay::tools
