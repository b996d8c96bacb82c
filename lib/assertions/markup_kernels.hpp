#pragma once
#include "assertions/build.hpp"

namespace assay::assertions {

/// Makers of the types that read the text as XML, HTML or SQL.
Result<Made, std::string> make_is_xml(const Build& build);
Result<Made, std::string> make_contains_xml(const Build& build);
Result<Made, std::string> make_is_html(const Build& build);
Result<Made, std::string> make_contains_html(const Build& build);
Result<Made, std::string> make_is_sql(const Build& build);
Result<Made, std::string> make_contains_sql(const Build& build);

}  // namespace assay::assertions
