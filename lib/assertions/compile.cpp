#include "assertions/compile.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "assertions/operand.hpp"
#include "json/number.hpp"
#include "text/javascript_text.hpp"

namespace assay::assertions {
namespace {

constexpr std::size_t least_regex_memory = std::size_t{256} << 10, most_regex_memory = std::size_t{4} << 20;

/// What a type of the PRPM dialect means.
struct Meaning {
  std::string_view type;
  Kernel kernel;
  bool wanted;
};
constexpr std::array<Meaning, 7> prpm{{
    {"contains", Kernel::contains_lower, true},
    {"not-contains", Kernel::contains_lower, false},
    {"equals", Kernel::equals_trimmed, true},
    {"regex", Kernel::regex, true},
    {"length-greater-than", Kernel::longer_than, true},
    {"length-less-than", Kernel::shorter_than, true},
    {"is-json", Kernel::json, true},
}};
constexpr std::array<std::string_view, 1> prpm_not_built{"llm-rubric"};

/// The meaning of an assertion's type, or why there is none.
Result<Meaning, std::string> meaning_of(const AssertionSpec& spec, AssertionDialect dialect) {
  switch (dialect) {
    case AssertionDialect::prpm: {
      const std::string_view type = spec.type.empty() ? "contains" : std::string_view(spec.type);
      for (const Meaning& meaning : prpm) {
        if (meaning.type == type) return meaning;
      }
      const bool known = std::find(prpm_not_built.begin(), prpm_not_built.end(), type) != prpm_not_built.end();
      return failure("assertion type \"" + spec.type + (known ? "\" is not built yet" : "\" is unknown"));
    }
  }
  return failure(std::string("unknown dialect"));
}

/// Patterns of one suite, each compiled once.
class Regexes {
 public:
  Regexes(std::size_t patterns, const SuiteBounds& bounds) : bounds_(bounds) {
    const std::size_t share = bounds.regex_memory_bytes / std::max<std::size_t>(patterns, 1);
    each_.memory_bytes = std::clamp(share, least_regex_memory, most_regex_memory);
  }

  Result<std::shared_ptr<const Regex>, std::string> get(const std::string& pattern) {
    if (const auto known = known_.find(pattern); known != known_.end()) return known->second;
    auto regex = Regex::compile(pattern, each_);
    if (!regex) return failure(std::move(regex.error()));
    instructions_ += regex->program_size();
    if (instructions_ > bounds_.regex_instructions) {
      return failure("the suite's regexes together exceed " + std::to_string(bounds_.regex_instructions) +
                     " instructions");
    }
    return known_[pattern] = std::make_shared<const Regex>(std::move(*regex));
  }

 private:
  SuiteBounds bounds_;
  Regex::Bounds each_;
  std::size_t instructions_ = 0;
  std::map<std::string, std::shared_ptr<const Regex>> known_;
};

Result<void, std::string> read_text(Check& check, const std::string& value, Regexes& regexes) {
  auto text = text_operand(value);
  if (!text) return failure(std::move(text.error()));
  check.shown = *text;
  switch (check.kernel) {
    case Kernel::contains_lower:
      check.operand = text::to_lower_case(*text);
      break;
    case Kernel::equals_trimmed:
      check.operand = std::string(text::trim(*text));
      break;
    default: {
      auto regex = regexes.get(*text);
      if (!regex) return failure(std::move(regex.error()));
      check.regex = std::move(*regex);
    }
  }
  return {};
}

Result<void, std::string> read_operand(Check& check, const std::string& value, Regexes& regexes) {
  switch (check.kernel) {
    case Kernel::json:
      check.shown = "JSON";
      return {};
    case Kernel::longer_than:
    case Kernel::shorter_than: {
      const auto bound = length_operand(value);
      if (!bound) return failure(bound.error());
      check.bound = *bound;
      check.shown =
          (check.kernel == Kernel::longer_than ? "more than " : "fewer than ") + json::javascript_number(*bound);
      return {};
    }
    case Kernel::contains_lower:
    case Kernel::equals_trimmed:
    case Kernel::regex:
      return read_text(check, value, regexes);
  }
  return {};
}

Result<Check, Fault> compile_one(const AssertionSpec& spec, std::size_t index, AssertionDialect dialect,
                                 Regexes& regexes) {
  const std::string path = "assertions[" + std::to_string(index) + "]";
  auto meaning = meaning_of(spec, dialect);
  if (!meaning) return failure(Fault{path + ".type", std::move(meaning.error())});
  Check check;
  check.index = static_cast<std::int32_t>(index);
  check.type = meaning->type;
  check.kernel = meaning->kernel;
  check.wanted = meaning->wanted;
  auto read = read_operand(check, spec.value, regexes);
  if (!read) return failure(Fault{path + ".value", std::move(read.error())});
  return check;
}

Check fallback(const std::string& expected_output) {
  Check check;
  check.type = "contains";
  check.operand = text::to_lower_case(expected_output);
  check.shown = expected_output;
  return check;
}

Result<CompiledCase, Fault> compile_case(const TestCase& test, AssertionDialect dialect, Regexes& regexes) {
  CompiledCase compiled;
  for (std::size_t index = 0; index < test.assertions.size(); ++index) {
    auto check = compile_one(test.assertions[index], index, dialect, regexes);
    if (!check) return failure(std::move(check.error()));
    compiled.checks.push_back(std::move(*check));
  }
  const std::string expected = test.expected_output.value_or("");
  if (test.assertions.empty() && !expected.empty()) compiled.checks.push_back(fallback(expected));
  return compiled;
}

std::size_t count_patterns(const Suite& suite) {
  std::set<std::string_view> patterns;
  for (const TestCase& test : suite.cases) {
    for (const AssertionSpec& spec : test.assertions) {
      if (spec.type == "regex") patterns.insert(spec.value);
    }
  }
  return patterns.size();
}

}  // namespace

Result<CompiledCase, Fault> compile(const TestCase& test, AssertionDialect dialect) {
  Regexes regexes(1, SuiteBounds{});
  return compile_case(test, dialect, regexes);
}

Result<CompiledSuite, Fault> compile_suite(const Suite& suite) {
  return compile_suite(suite, SuiteBounds{});
}

Result<CompiledSuite, Fault> compile_suite(const Suite& suite, const SuiteBounds& bounds) {
  Regexes regexes(count_patterns(suite), bounds);
  CompiledSuite compiled;
  for (std::size_t index = 0; index < suite.cases.size(); ++index) {
    auto test = compile_case(suite.cases[index], suite.dialect, regexes);
    if (!test) return failure(Fault{"cases[" + std::to_string(index) + "]." + test.error().path, test.error().message});
    compiled.cases.push_back(std::move(*test));
  }
  return compiled;
}

}  // namespace assay::assertions
