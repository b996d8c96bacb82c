#pragma once
#include "assertions/build.hpp"

namespace assay::assertions {

/// Makers of the types that look at the text itself. The letters' case is what the name says; `prpm_` reads the value
/// as PRPM does.
Result<Made, std::string> make_contains(const Build& build);
Result<Made, std::string> make_icontains(const Build& build);
Result<Made, std::string> make_contains_any(const Build& build);
Result<Made, std::string> make_icontains_any(const Build& build);
Result<Made, std::string> make_contains_all(const Build& build);
Result<Made, std::string> make_icontains_all(const Build& build);
Result<Made, std::string> make_starts_with(const Build& build);
Result<Made, std::string> make_ends_with(const Build& build);
Result<Made, std::string> make_iequals(const Build& build);
Result<Made, std::string> make_regex(const Build& build);
Result<Made, std::string> make_longer_than(const Build& build);
Result<Made, std::string> make_shorter_than(const Build& build);

Result<Made, std::string> make_prpm_contains(const Build& build);
Result<Made, std::string> make_prpm_equals(const Build& build);
Result<Made, std::string> make_prpm_regex(const Build& build);

/// PRPM's contains for a text that is no assertion's value.
Made contains_ignoring_case(const std::string& text);

}  // namespace assay::assertions
