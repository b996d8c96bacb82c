#include "assertions/markup_kernels.hpp"

#include <utility>
#include <vector>

#include "assertions/operand.hpp"
#include "markup/html.hpp"
#include "markup/sql.hpp"
#include "markup/xml.hpp"

namespace assay::assertions {
namespace {

using Judged = Result<Finding, std::string>;
using Paths = std::vector<std::string>;
constexpr std::size_t per_byte = 32;

Judged told(std::string_view text, markup::Answer answer) {
  if (!answer) return failure(std::move(answer.error()));
  Finding finding = decided(answer->holds, std::move(answer->found));
  if (answer->at) finding.where = place(text, *answer->at);
  return finding;
}

using XmlCheck = markup::Answer (*)(std::string_view text, const Paths& required);
Result<Made, std::string> made_xml(const Build& build, XmlCheck check, std::string shown) {
  const bool kind = build.value.is_number() || build.value.as_bool().has_value();
  if (build.strict && kind) return failure(wrong_kind(build.value, "a list of paths, or text with commas"));
  auto required = markup::required_elements(build.value);
  if (!required) return failure(std::move(required.error()));
  if (!required->empty()) shown += " with " + build.value.dump();
  return made_heavy([required = std::move(*required),
                     check](Answer& answer) -> Judged { return told(answer.text(), check(answer.text(), required)); },
                    per_byte, std::move(shown));
}

using SqlCheck = markup::Answer (*)(std::string_view text, const markup::SqlOptions& options);
Result<Made, std::string> made_sql(const Build& build, SqlCheck check, const std::string& shown) {
  if (build.strict && build.value.is_array()) return failure(wrong_kind(build.value, "an object"));
  auto options = markup::read_sql_options(build.value);
  if (!options) return failure(std::move(options.error()));
  std::string database = options->database_type;
  return made_heavy([options = std::move(*options),
                     check](Answer& answer) -> Judged { return told(answer.text(), check(answer.text(), options)); },
                    per_byte, shown + " for " + database);
}

}  // namespace

Result<Made, std::string> make_is_xml(const Build& build) {
  return made_xml(build, markup::is_xml, "XML");
}
Result<Made, std::string> make_contains_xml(const Build& build) {
  return made_xml(build, markup::contains_xml, "XML inside");
}

Result<Made, std::string> make_is_html(const Build&) {
  return made_heavy([](Answer& answer) -> Judged { return told(answer.text(), markup::is_html(answer.text())); },
                    per_byte, "HTML");
}
Result<Made, std::string> make_contains_html(const Build&) {
  return made_heavy([](Answer& answer) -> Judged { return told(answer.text(), markup::contains_html(answer.text())); },
                    per_byte, "HTML inside");
}

Result<Made, std::string> make_is_sql(const Build& build) {
  return made_sql(build, markup::is_sql, "SQL");
}
Result<Made, std::string> make_contains_sql(const Build& build) {
  return made_sql(build, markup::contains_sql, "SQL inside");
}

}  // namespace assay::assertions
