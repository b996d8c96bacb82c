#include "tools/skill_used.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "text/javascript_text.hpp"
#include "tools/glob.hpp"
#include "tools/values.hpp"

namespace assay::tools {
namespace {

using json::View;
using Names = std::vector<std::string_view>;

Names skills_called(View metadata) {
  Names names;
  for (const View call : metadata["skillCalls"].elements()) {
    if (call["name"].is_string() && call["is_error"].as_bool() != true) names.push_back(call["name"].string_or(""));
  }
  return names;
}

Finding verdict(bool holds, std::string found) {
  Finding finding;
  finding.holds = holds;
  finding.fixed = true;
  finding.found = std::move(found);
  return finding;
}

bool among(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Finding judge_list(const Names& called, const Names& listed_names, Sense sense) {
  Names missing, used;
  for (const std::string_view name : listed_names) (among(called, name) ? used : missing).push_back(name);
  const std::string all = "; skills used: " + listed(called);
  if (sense == Sense::required) return verdict(missing.empty(), "missing: " + listed(missing) + all);
  return verdict(used.empty(), "forbidden and used: " + listed(used) + all);
}

struct Counted {
  std::string name;
  std::optional<Glob> pattern;
  std::optional<double> min, max;

  bool matches(std::string_view called) const {
    return (name.empty() || called == name) && (!pattern || pattern->matches(called));
  }
};

Result<std::optional<double>, std::string> count_of(View value, std::string_view field) {
  if (!value.exists()) return std::optional<double>();
  const auto number = value.as_double();
  if (number && *number >= 0 && std::floor(*number) == *number) return number;
  return failure("skill-used: " + std::string(field) + " must be a whole number that is not negative");
}

Result<Counted, std::string> counted(View value) {
  Counted matcher;
  matcher.name = std::string(text::trim(value["name"].string_or("")));
  const std::string_view pattern = text::trim(value["pattern"].string_or(""));
  if (matcher.name.empty() && pattern.empty()) return failure("skill-used: an object needs a name or a pattern");
  if (!pattern.empty()) {
    auto glob = Glob::compile(pattern);
    if (!glob) return failure("skill-used: " + glob.error());
    matcher.pattern = std::move(*glob);
  }
  const auto min = count_of(value["min"], "min"), max = count_of(value["max"], "max");
  if (!min) return failure(min.error());
  if (!max) return failure(max.error());
  matcher.min = *min;
  matcher.max = *max;
  if (matcher.min && matcher.max && *matcher.max < *matcher.min) return failure("skill-used: max is less than min");
  return matcher;
}

Answer judge_count(const Names& called, const Counted& matcher, Sense sense) {
  const auto count = static_cast<double>(
      std::count_if(called.begin(), called.end(), [&](std::string_view name) { return matcher.matches(name); }));
  std::string found = "matched " + std::to_string(static_cast<std::size_t>(count)) + " of " +
                      std::to_string(called.size()) + " skill calls: " + listed(called);
  if (sense == Sense::forbidden) {
    if (matcher.min || (matcher.max && *matcher.max != 0)) {
      return failure("not-skill-used takes no bounds but max: 0");
    }
    return verdict(count == 0, std::move(found));
  }
  const double least = matcher.min.value_or(matcher.max ? 0 : 1);
  return verdict(count >= least && (!matcher.max || count <= *matcher.max), std::move(found));
}

}  // namespace

Answer skill_used(View metadata, View value, Sense sense) {
  const Names called = skills_called(metadata);
  if (value.is_object()) {
    const auto matcher = counted(value);
    if (!matcher) return failure(matcher.error());
    return judge_count(called, *matcher, sense);
  }
  Names names;
  bool usable = value.is_string() || (value.is_array() && value.size() > 0);
  if (value.is_string()) names.push_back(text::trim(value.string_or("")));
  for (const View element : value.elements()) {
    usable = usable && element.is_string();
    names.push_back(text::trim(element.string_or("")));
  }
  if (!usable || among(names, "")) return failure("skill-used needs a name, a list of names, or an object");
  return judge_list(called, names, sense);
}

}  // namespace assay::tools
