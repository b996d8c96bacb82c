#pragma once
#include <memory>
#include <string>
#include <vector>

#include "json/document.hpp"
#include "tools/trace.hpp"

namespace assay::tools {

/// A value out of an attribute: text is read as JSON when it is JSON. Owns what it parsed.
struct Structured {
  json::View value;  ///< missing when there is none
  std::shared_ptr<const json::Document> parsed;
};

/// What a span's attributes say of it; empty text when they do not say.
std::string tool_name(const Span& span);
Structured tool_arguments(const Span& span);
std::string command(const Span& span, const Structured& arguments, bool runs_commands);
std::string search_query(const Span& span);

}  // namespace assay::tools
