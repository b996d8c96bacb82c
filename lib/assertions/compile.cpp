#include "assertions/compile.hpp"

#include <set>
#include <utility>

#include "assertions/build.hpp"
#include "assertions/text_kernels.hpp"
#include "assertions/types.hpp"
#include "json/stringify.hpp"
#include "suite/vars.hpp"

namespace assay::assertions {
namespace {

constexpr std::size_t strict_depth = 8;
constexpr const char* redteam = "redteam";

json::Limits value_limits(AssertionDialect dialect) {
  json::Limits limits = dialect == AssertionDialect::prpm ? json::Limits{} : json::Limits::foreign();
  if (dialect != AssertionDialect::prpm) limits.max_depth = 256;
  return limits;
}

std::string not_a_type(const std::string& type, bool known) {
  return "assertion type \"" + type + (known ? "\" is not built yet" : "\" is unknown");
}

bool names_a_file(json::View value) {
  const std::string_view text = value.string_or("");
  return text.starts_with("file://") || text.starts_with("package:");
}

/// A text, or the texts of a list, rendered; as JSON text.
Result<std::string, std::string> rendered_value(json::View value, const suite::Vars& vars) {
  std::string out;
  const auto append = [&](json::View one) -> Result<void, std::string> {
    if (!one.is_string()) {
      out += json::stringify(one);
      return {};
    }
    auto text = vars.render(*one.as_string());
    if (!text) return failure(std::move(text.error()));
    out += json::stringify(std::string_view(*text));
    return {};
  };
  if (value.is_string()) {
    if (auto one = append(value); !one) return failure(one.error());
    return out;
  }
  out += '[';
  for (const json::View element : value.elements()) {
    if (out.size() > 1) out += ',';
    if (auto one = append(element); !one) return failure(one.error());
  }
  return out + ']';
}

/// A faulty assertion that is an error whenever it is judged.
Check raising(const AssertionSpec& spec, std::size_t index, Fault fault) {
  Check check;
  check.index = static_cast<std::int32_t>(index);
  check.type = spec.type;
  check.weight = spec.weight.value_or(1);
  check.metric = spec.metric;
  check.fault = fault.path + ": " + fault.message;
  return check;
}

/// Compiles the assertions of one test case.
class Compiler {
 public:
  Compiler(AssertionDialect dialect, Pool& pool, const suite::Vars* vars, std::string_view test_vars)
      : dialect_(dialect), pool_(pool), vars_(vars), test_vars_(test_vars) {}

  Result<Check, Fault> prpm(const AssertionSpec& spec, std::size_t index, const std::string& path) {
    const std::string_view name = spec.type.empty() ? "contains" : std::string_view(spec.type);
    const PrpmType* type = find_prpm_type(name);
    if (type == nullptr) return failure(Fault{path + ".type", not_a_type(spec.type, is_known_in_prpm(name))});
    Check check;
    check.index = static_cast<std::int32_t>(index);
    check.type = name;
    check.inverse = type->inverse;
    auto finished = make(check, spec, type->make, std::nullopt);
    if (!finished) return failure(Fault{path + ".value", std::move(finished.error())});
    return check;
  }

  Result<Check, Fault> check(const AssertionSpec& spec, std::size_t index, const std::string& path, std::size_t depth) {
    Check check;
    check.index = static_cast<std::int32_t>(index);
    check.type = spec.type;
    check.inverse = spec.type.starts_with("not-");
    const Type* type = find_type(std::string_view(spec.type).substr(check.inverse ? 4 : 0));
    if (auto fault = wrong_type(spec, type, check.inverse, depth)) return failure(Fault{path + ".type", *fault});
    if (auto fault = wrong_numbers(spec, *type)) return failure(Fault{path + fault->path, fault->message});
    check.shape = type->shape;
    check.polarity = polarity(type->negated);
    check.weight = spec.weight.value_or(1);
    check.metric = rendered_metric(spec.metric);
    check.threshold = spec.threshold;
    check.informs_only = check.weight == 0 && (strict() || type->shape == Shape::kernel);
    check.frees = frees(spec);
    if (type->make != nullptr) {
      auto finished = make(check, spec, type->make, type->threshold);
      if (!finished) return failure(Fault{path + ".value", std::move(finished.error())});
    }
    if (type->shape == Shape::kernel) return check;
    if (auto fault = members(check, spec, path, depth)) return failure(*fault);
    return check;
  }

 private:
  bool strict() const { return dialect_ == AssertionDialect::strict; }

  Polarity polarity(Polarity promptfoo) const {
    if (!strict()) return promptfoo;
    if (promptfoo == Polarity::keeps) return Polarity::complement;
    return promptfoo == Polarity::ignored ? Polarity::flips : promptfoo;
  }

  std::optional<std::string> wrong_type(const AssertionSpec& spec, const Type* type, bool inverse,
                                        std::size_t depth) const {
    if (spec.type.empty()) return "the assertion has no type";
    const bool nameless = type == nullptr || (!strict() && inverse && type->name == "assert-set") ||
                          (!strict() && depth > 0 && type->name == "assert-set");
    if (nameless || !type->built) return not_a_type(spec.type, !nameless);
    if (type->shape != Shape::kernel && depth >= strict_depth)
      return "sets stand inside one another more than " + std::to_string(strict_depth) + " deep";
    return std::nullopt;
  }

  std::optional<Fault> wrong_numbers(const AssertionSpec& spec, const Type& type) const {
    if (!spec.transform.empty()) return Fault{".transform", "is code, and code is not run"};
    if (type.needs_threshold && !spec.threshold) return Fault{".threshold", "is missing; this type needs one"};
    if (strict() && spec.weight.value_or(1) < 0) return Fault{".weight", "is below 0"};
    if (type.shape == Shape::kernel && !spec.members.empty())
      return Fault{".assert", "is a list of assertions, which this type does not have"};
    return std::nullopt;
  }

  /// promptfoo: a guardrail of a red team that catches an attack is what was hoped for.
  bool frees(const AssertionSpec& spec) const {
    if (strict() || spec.type != "guardrails" || spec.config.empty()) return false;
    const auto config = json::parse(spec.config, value_limits(dialect_));
    return config && config->root()["purpose"].as_string() == redteam;
  }

  Result<json::Document, std::string> read_value(const std::string& text) const {
    auto parsed = json::parse(text, value_limits(dialect_));
    if (!parsed) return failure("the value is not JSON: " + parsed.error().message);
    if (vars_ == nullptr) return std::move(*parsed);
    const json::View value = parsed->root();
    if (names_a_file(value)) return failure(std::string("the value names a file, and files are not read"));
    if (!value.is_string() && !value.is_array()) return std::move(*parsed);
    auto rendered = rendered_value(value, *vars_);
    if (!rendered) return failure(std::move(rendered.error()));
    auto again = json::parse(*rendered, value_limits(dialect_));
    if (!again) return failure("the rendered value is beyond a limit: " + again.error().message);
    return std::move(*again);
  }

  std::string rendered_metric(const std::string& metric) const {
    return vars_ == nullptr ? metric : vars_->render(metric).value_or(metric);
  }

  Result<void, std::string> make(Check& check, const AssertionSpec& spec, Maker maker,
                                 std::optional<double> threshold) {
    std::optional<json::Document> value;
    if (!spec.value.empty()) {
      auto parsed = read_value(spec.value);
      if (!parsed) return failure(std::move(parsed.error()));
      value.emplace(std::move(*parsed));
    }
    const json::View root = value ? value->root() : json::View();
    auto made = maker(Build{spec, root, check.inverse, strict(), pool_.regexes, pool_.schemas, threshold, pool_.scripts, test_vars_});
    if (!made) return failure(std::move(made.error()));
    check.kernel = std::move(made->kernel);
    check.shown = std::move(made->shown);
    if (made->knows_inverse) check.inverse = false;
    return {};
  }

  std::optional<Fault> members(Check& check, const AssertionSpec& spec, const std::string& path, std::size_t depth) {
    if (spec.members.empty() && (strict() || check.shape != Shape::weighed || !spec.has_members))
      return Fault{path + ".assert", "is missing or empty"};
    for (std::size_t index = 0; index < spec.members.size(); ++index) {
      auto member = raised(spec.members[index], index, path + ".assert[" + std::to_string(index) + "]", depth + 1);
      if (!member) return std::move(member.error());
      check.members.push_back(std::move(*member));
    }
    return std::nullopt;
  }

  /// A member. Outside strict its fault is an error of its own.
  Result<Check, Fault> raised(const AssertionSpec& spec, std::size_t index, const std::string& path,
                              std::size_t depth) {
    auto member = check(spec, index, path, depth);
    if (member || strict()) return member;
    return raising(spec, index, std::move(member.error()));
  }

  AssertionDialect dialect_;
  Pool& pool_;
  const suite::Vars* vars_;  ///< null: no templates
  std::string_view test_vars_;
};

/// Whether a faulty assertion refuses its case, or is an error whenever it is judged.
enum class OnFault { refuse, raise };

Check fallback(const std::string& expected_output) {
  Check check;
  check.type = "contains";
  Made made = contains_ignoring_case(expected_output);
  check.kernel = std::move(made.kernel);
  check.shown = expected_output;
  return check;
}

Scoring scoring_of(AssertionDialect dialect) {
  switch (dialect) {
    case AssertionDialect::prpm:
      return Scoring::share;
    case AssertionDialect::promptfoo:
      return Scoring::weighted;
    case AssertionDialect::strict:
      return Scoring::weighted_strict;
  }
  return Scoring::share;
}

Result<CompiledCase, Fault> compile_case(const TestCase& test, AssertionDialect dialect, const suite::Vars* vars,
                                         Pool& pool, OnFault on_fault) {
  const bool prpm = dialect == AssertionDialect::prpm;
  Compiler compiler(dialect, pool, vars, test.vars);
  CompiledCase compiled;
  compiled.scoring = scoring_of(dialect);
  if (!prpm) compiled.threshold = test.threshold;
  for (std::size_t index = 0; index < test.assertions.size(); ++index) {
    const AssertionSpec& spec = test.assertions[index];
    const std::string path = "assertions[" + std::to_string(index) + "]";
    auto check = prpm ? compiler.prpm(spec, index, path) : compiler.check(spec, index, path, 0);
    if (!check && on_fault == OnFault::refuse) return failure(std::move(check.error()));
    compiled.checks.push_back(check ? std::move(*check) : raising(spec, index, std::move(check.error())));
  }
  const std::string expected = test.expected_output.value_or("");
  if (prpm && test.assertions.empty() && !expected.empty()) compiled.checks.push_back(fallback(expected));
  return compiled;
}

void gather_patterns(const std::vector<AssertionSpec>& specs, std::set<std::string_view>& patterns) {
  for (const AssertionSpec& spec : specs) {
    if (spec.type == "regex" || spec.type == "not-regex") patterns.insert(spec.value);
    gather_patterns(spec.members, patterns);
  }
}

std::size_t count_patterns(const Suite& suite) {
  std::set<std::string_view> patterns;
  for (const TestCase& test : suite.cases) gather_patterns(test.assertions, patterns);
  return patterns.size();
}

/// Every assertion of a case in which no template can be rendered.
CompiledCase all_raising(const TestCase& test, const std::string& why) {
  CompiledCase compiled;
  compiled.scoring = Scoring::weighted;
  for (const AssertionSpec& spec : test.assertions)
    compiled.checks.push_back(raising(spec, compiled.checks.size(), Fault{"vars", why}));
  return compiled;
}

Result<CompiledCase, Fault> compile_resolved(const TestCase& test, const Suite& suite, Pool& pool) {
  const OnFault on_fault = suite.dialect == AssertionDialect::prpm ? OnFault::refuse : OnFault::raise;
  if (!suite.templates) return compile_case(test, suite.dialect, nullptr, pool, on_fault);
  const auto vars = suite::Vars::resolved(test.vars);
  if (!vars) return all_raising(test, vars.error());
  return compile_case(test, suite.dialect, &*vars, pool, on_fault);
}

}  // namespace

Result<CompiledCase, Fault> compile(const TestCase& test, AssertionDialect dialect, bool templates,
                                    const SuiteBounds& bounds) {
  Pool pool{Regexes(1, bounds), Schemas(), bounds.scripts};
  const suite::Vars vars(test.vars);
  return compile_case(test, dialect, templates ? &vars : nullptr, pool,
                      dialect == AssertionDialect::promptfoo ? OnFault::raise : OnFault::refuse);
}

Result<CompiledSuite, Fault> compile_suite(const Suite& suite) {
  return compile_suite(suite, SuiteBounds{});
}

Result<CompiledSuite, Fault> compile_suite(const Suite& suite, const SuiteBounds& bounds) {
  Pool pool{Regexes(count_patterns(suite), bounds), Schemas(), bounds.scripts};
  CompiledSuite compiled;
  for (std::size_t index = 0; index < suite.cases.size(); ++index) {
    auto test = compile_resolved(suite.cases[index], suite, pool);
    if (!test) return failure(Fault{"cases[" + std::to_string(index) + "]." + test.error().path, test.error().message});
    compiled.cases.push_back(std::move(*test));
  }
  return compiled;
}

}  // namespace assay::assertions
