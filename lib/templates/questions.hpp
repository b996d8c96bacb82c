#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "templates/filters.hpp"
#include "templates/value.hpp"

namespace assay::templates {

/// Nunjucks' tests, `value is odd`. Throws Trouble where JavaScript would throw.
std::optional<std::int32_t> find_question(std::string_view name);
bool answer_question(std::int32_t question, Budget& budget, const Arguments& arguments);
std::vector<std::string_view> question_names();

}  // namespace assay::templates
