#include "tools/trajectory.hpp"

#include <algorithm>
#include <optional>

#include "tools/values.hpp"

namespace assay::tools {
namespace {

using json::View;
using Steps = std::vector<const Step*>;
using Matchers = std::vector<StepMatcher>;

std::string listed_steps(const Steps& steps) {
  std::vector<std::string_view> names;
  for (const Step* step : steps) {
    if (names.size() < 21) names.push_back(step->name);
  }
  return listed(names, 20);
}

Finding verdict(bool holds, std::string found) {
  Finding finding;
  finding.holds = holds;
  finding.found = std::move(found);
  return finding;
}

Finding fixed(Finding finding) {
  finding.fixed = true;
  return finding;
}

Steps tools_of(const std::vector<Step>& steps) {
  Steps tools;
  for (const Step& step : steps) {
    if (step.type == "tool") tools.push_back(&step);
  }
  return tools;
}

Steps matching(const Steps& steps, const StepMatcher& matcher) {
  Steps found;
  for (const Step* step : steps) {
    if (matcher.matches(*step)) found.push_back(step);
  }
  return found;
}

/// A bound counts only when it is a number.
std::optional<double> bound(View value) {
  return value.is_number() ? std::optional(to_number(value)) : std::nullopt;
}

Result<Matchers, std::string> matchers_of(View list, const std::string& type_name) {
  Matchers matchers;
  for (const View element : list.elements()) {
    auto matcher = read_matcher(element, "tool");
    if (!matcher) return failure(type_name + ": " + matcher.error());
    if (!matcher->glob && !element.is_string()) {
      return failure(type_name + ": step " + std::to_string(matchers.size() + 1) + " needs a name or a pattern");
    }
    matchers.push_back(std::move(*matcher));
  }
  return matchers;
}

std::string counted(const Steps& found, const StepMatcher& matcher, const Steps& all) {
  return std::to_string(found.size()) + " steps match \"" + matcher.shown + "\"; steps: " + listed_steps(all);
}

bool within(std::size_t count, std::optional<double> min, std::optional<double> max) {
  const auto number = static_cast<double>(count);
  return (!min || number >= *min) && (!max || number <= *max);
}

Finding judge_list(const Steps& tools, const Matchers& matchers, Sense sense) {
  std::vector<std::string_view> missing, used;
  for (const StepMatcher& matcher : matchers) {
    (matching(tools, matcher).empty() ? missing : used).push_back(matcher.shown);
  }
  const std::string all = "; tools: " + listed_steps(tools);
  if (sense == Sense::required) return fixed(verdict(missing.empty(), "missing: " + listed(missing) + all));
  return fixed(verdict(used.empty(), "forbidden and used: " + listed(used) + all));
}

Finding judge_sequence(const Steps& tools, const Matchers& matchers, bool exact) {
  std::size_t met = 0;
  for (const Step* step : tools) {
    if (met < matchers.size() && matchers[met].matches(*step))
      ++met;
    else if (exact)
      break;
  }
  const bool holds = met == matchers.size() && (!exact || tools.size() == matchers.size());
  std::string found = holds
                          ? "the sequence was seen"
                          : "\"" + matchers[std::min(met, matchers.size() - 1)].shown + "\" was not seen in its place";
  return verdict(holds, std::move(found) + "; tools: " + listed_steps(tools));
}

constexpr std::size_t kMaxMatchers = 1000;

}  // namespace

Answer tool_used(const std::vector<Step>& steps, View value, Sense sense) {
  const Steps tools = tools_of(steps);
  if (value.is_object()) {
    const auto matcher = read_matcher(value, "tool");
    if (!matcher) return failure("trajectory:tool-used: " + matcher.error());
    if (!matcher->glob) return failure("trajectory:tool-used: an object needs a name or a pattern");
    const Steps found = matching(tools, *matcher);
    const bool holds = within(found.size(), bound(value["min"]).value_or(1), bound(value["max"]));
    return fixed(verdict(holds == (sense == Sense::required), counted(found, *matcher, tools)));
  }
  Matchers matchers;
  bool all_text = value.is_string() || value.is_array();
  for (const View element : value.elements()) all_text = all_text && element.is_string();
  if (!all_text) return failure("trajectory:tool-used needs text, a list of texts, or an object");
  if (value.is_string()) {
    auto matcher = read_matcher(value, "tool");
    if (!matcher) return failure("trajectory:tool-used: " + matcher.error());
    matchers.push_back(std::move(*matcher));
  } else {
    auto read = matchers_of(value, "trajectory:tool-used");
    if (!read) return failure(read.error());
    matchers = std::move(*read);
  }
  if (matchers.empty()) return failure("trajectory:tool-used needs at least one tool");
  if (matchers.size() > kMaxMatchers) return failure("trajectory:tool-used takes at most 1000 tools");
  return judge_list(tools, matchers, sense);
}

Answer tool_sequence(const std::vector<Step>& steps, View value) {
  const std::string name = "trajectory:tool-sequence";
  if (!value.is_array() && !value.is_object()) return failure(name + " needs a list or an object");
  const View list = value.is_array() ? value : value["steps"];
  for (const View element : list.elements()) {
    if (element.is_string() && element.string_or("").empty())
      return failure(name + ": a step needs a name or a pattern");
  }
  const auto matchers = matchers_of(list, name);
  if (!matchers) return failure(matchers.error());
  if (matchers->empty()) return failure(name + " needs at least one step");
  return judge_sequence(tools_of(steps), *matchers, value["mode"].string_or("") == "exact");
}

Answer step_count(const std::vector<Step>& steps, View value) {
  if (!value.is_object()) return failure("trajectory:step-count needs an object");
  const auto matcher = read_matcher(value, std::nullopt);
  if (!matcher) return failure("trajectory:step-count: " + matcher.error());
  const auto min = bound(value["min"]), max = bound(value["max"]);
  if (!min && !max) return failure("trajectory:step-count needs a min or a max");
  Steps all;
  for (const Step& step : steps) all.push_back(&step);
  const Steps found = matching(all, *matcher);
  return verdict(within(found.size(), min, max), counted(found, *matcher, all));
}

}  // namespace assay::tools
