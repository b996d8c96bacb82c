#pragma once
#include "json/document.hpp"
#include "tools/finding.hpp"
#include "tools/trace.hpp"

namespace assay::tools {

/// How many spans match: {pattern, min?, max?}. The verdict is fixed: `not-` does not turn it.
Answer trace_span_count(const Trace& trace, json::View value);

/// How long matching spans took: {max, pattern = "*", percentile?} in milliseconds. With a percentile, the nearest rank
/// (the ⌈p/100·n⌉-th shortest); else each span. Spans without both times do not count; none at all holds. Fixed.
Answer trace_span_duration(const Trace& trace, json::View value);

/// How many matching spans are errors: a number (at most), or {max_count, max_percentage, pattern}; nothing given means
/// none. No matching span holds. Fixed.
Answer trace_error_spans(const Trace& trace, json::View value);

}  // namespace assay::tools
