#include "assertions/json_kernels.hpp"

#include <memory>
#include <utility>

#include "assertions/operand.hpp"

namespace assay::assertions {
namespace {

Made plain_json() {
  return made(
      [](Answer& answer) -> Result<Finding, std::string> {
        if (answer.is_json()) return decided(true, {});
        return missed(answer.text());
      },
      "JSON");
}

Made equal_text(std::string wanted) {
  std::string shown = wanted;
  return made(
      [wanted = std::move(wanted)](Answer& answer) -> Result<Finding, std::string> {
        if (answer.text() == wanted) return hit(answer.text(), 0);
        return missed(answer.text());
      },
      std::move(shown));
}

}  // namespace

Result<Made, std::string> make_equals(const Build& build) {
  const bool structured = build.value.is_object() || build.value.is_array() || build.value.is_null();
  if (build.strict && !build.value.exists()) return failure(wrong_kind(build.value, ""));
  if (structured) return failure(std::string("comparing JSON is not built yet"));
  return equal_text(javascript_string(build.value));
}

Result<Made, std::string> make_is_json(const Build& build) {
  if (build.value.exists() && !build.value.is_null()) return failure(std::string("schemas are not built yet"));
  return plain_json();
}

Result<Made, std::string> make_prpm_is_json(const Build&) {
  return plain_json();
}

}  // namespace assay::assertions
