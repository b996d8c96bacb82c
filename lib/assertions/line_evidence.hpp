#pragma once
#include <string>

#include "base/result.hpp"
#include "job/evidence.hpp"
#include "json/document.hpp"

namespace assay::assertions {

/// The evidence from a "context" as LineJudge describes it; a missing one is none. Null counts as absent. The error
/// names the field that is of the wrong kind or unknown.
Result<Evidence, std::string> line_evidence(json::View context);

}  // namespace assay::assertions
