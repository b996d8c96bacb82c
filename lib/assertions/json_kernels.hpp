#pragma once
#include "assertions/build.hpp"

namespace assay::assertions {

/// Makers of the types that read the answer as JSON. `prpm_` ignores its value.
Result<Made, std::string> make_equals(const Build& build);
Result<Made, std::string> make_is_json(const Build& build);
Result<Made, std::string> make_contains_json(const Build& build);
Result<Made, std::string> make_json_diff(const Build& build);
Result<Made, std::string> make_json_path(const Build& build);
Result<Made, std::string> make_prpm_is_json(const Build& build);

}  // namespace assay::assertions
