#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace assay::markup {

/// The contents of the closed fenced blocks of a Markdown text that are marked "sql" or not marked at all.
std::vector<std::string> sql_blocks(std::string_view text);

}  // namespace assay::markup
