#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/utf8.hpp"
#include "text/javascript_text.hpp"
#include "tools/trajectory.hpp"
#include "tools/values.hpp"

namespace assay::tools {
namespace {

using json::View;
using Members = std::vector<json::Member>;

/// A key to leave out: by its name, or by a glob when it holds one.
struct Ignored {
  std::string_view name;
  std::optional<Glob> glob;

  bool matches(std::string_view key) const { return key == name || (glob && glob->matches(key)); }
};

struct Expected {
  StepMatcher matcher;
  View arguments;
  bool exact = false;
  std::optional<Members> defaults;
  std::vector<Ignored> ignored;
};

bool partly(View actual, View expected);

bool partly_elements(View actual, View expected) {
  if (!actual.is_array() || actual.size() != expected.size()) return false;
  const json::Elements others = actual.elements();
  auto other = others.begin();
  for (const View element : expected.elements()) {
    if (!partly(*other, element)) return false;
    ++other;
  }
  return true;
}

bool partly_members(const Members& actual, const Members& expected) {
  return std::all_of(expected.begin(), expected.end(), [&](const json::Member& member) {
    const View found = find(actual, member.key);
    return found.exists() && partly(found, member.value);
  });
}

/// Whether the actual value holds at least what is expected. Recurses as deep as the document does.
bool partly(View actual, View expected) {
  if (expected.is_array()) return partly_elements(actual, expected);
  if (!expected.is_object()) return same(actual, expected);
  return actual.is_object() && partly_members(sorted_members(actual), sorted_members(expected));
}

Members kept(View object, const Expected& expected, bool without_defaults) {
  Members members = sorted_members(object);
  std::erase_if(members, [&](const json::Member& member) {
    const auto ignored = [&](const Ignored& entry) { return entry.matches(member.key); };
    if (std::any_of(expected.ignored.begin(), expected.ignored.end(), ignored)) return true;
    if (!without_defaults || !expected.defaults) return false;
    const View usual = find(*expected.defaults, member.key);
    return usual.exists() && same(member.value, usual);
  });
  return members;
}

bool fits(View actual, const Expected& expected) {
  if (actual.is_object() && expected.arguments.is_object()) {
    const Members mine = kept(actual, expected, true), theirs = kept(expected.arguments, expected, false);
    return expected.exact ? same(mine, theirs) : partly_members(mine, theirs);
  }
  return expected.exact ? same(actual, expected.arguments) : partly(actual, expected.arguments);
}

Result<std::vector<Ignored>, std::string> ignored_keys(View value) {
  constexpr std::size_t kMaxIgnored = 1000;
  std::vector<Ignored> entries;
  std::vector<View> given;
  if (value.is_array()) {
    for (const View element : value.elements()) given.push_back(element);
  } else if (value.exists()) {
    given.push_back(value);
  }
  if (given.size() > kMaxIgnored) return failure("ignore takes at most 1000 keys");
  for (const View entry : given) {
    const std::string_view name = entry.string_or("");
    if (blank(name)) return failure("ignore must be text or a list of texts, none of them blank");
    Ignored ignored{name, std::nullopt};
    if (name.find_first_of("*?") != name.npos) {
      auto glob = Glob::compile(name);
      if (!glob) return failure(glob.error());
      ignored.glob = std::move(*glob);
    }
    entries.push_back(std::move(ignored));
  }
  return entries;
}

Result<Expected, std::string> read_expected(View value) {
  if (!value.is_object()) return failure("it needs an object");
  auto matcher = read_matcher(value, "tool");
  if (!matcher) return failure(matcher.error());
  if (!matcher->glob) return failure("it needs a name or a pattern");
  Expected expected;
  expected.matcher = std::move(*matcher);
  expected.arguments = value["args"].exists() ? value["args"] : value["arguments"];
  if (!expected.arguments.exists()) return failure("it needs args");
  const View mode = value["mode"], defaults = value["defaults"];
  if (mode.exists() && mode.as_string() != "partial" && mode.as_string() != "exact") {
    return failure("the mode must be \"partial\" or \"exact\"");
  }
  expected.exact = mode.as_string() == "exact";
  if (defaults.exists() && !defaults.is_object()) return failure("defaults must be an object");
  if (defaults.exists()) expected.defaults = sorted_members(defaults);
  auto ignored = ignored_keys(value["ignore"]);
  if (!ignored) return failure(ignored.error());
  expected.ignored = std::move(*ignored);
  return expected;
}

}  // namespace

Answer tool_args_match(const std::vector<Step>& steps, View value) {
  const auto expected = read_expected(value);
  if (!expected) return failure("trajectory:tool-args-match: " + expected.error());
  std::size_t calls = 0;
  std::string seen;
  Finding finding;
  for (const Step& step : steps) {
    if (step.type != "tool" || !expected->matcher.matches(step)) continue;
    ++calls;
    if (!step.arguments.exists()) continue;
    if (fits(step.arguments, *expected)) {
      finding.holds = true;
      finding.found = "a call of \"" + step.name + "\" has the arguments";
      return finding;
    }
    if (seen.empty()) seen = json::truncate_utf8(step.arguments.raw(), 200);
  }
  finding.found = std::to_string(calls) + " calls match \"" + expected->matcher.shown + "\", none has the arguments";
  if (!seen.empty()) finding.found += "; the first had " + seen;
  return finding;
}

}  // namespace assay::tools
