#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What a suite's assertions mean. Acts only when assertions are compiled; stored with the suite.
///
/// `prpm`: the registry's own. `promptfoo`: as promptfoo means them, its faults included. `strict`: ours; what cannot
/// be meant is refused, and no known fault is kept.
enum class AssertionDialect { prpm, promptfoo, strict };
std::string_view to_string(AssertionDialect dialect);
std::optional<AssertionDialect> dialect_named(std::string_view name);

/// What happens to a cell whose earlier call's outcome is unknown.
enum class OnUnknown { repeat, hold };

/// One assertion as its author wrote it. `value` is JSON text ("\"Paris\"", "12", "null"), empty when absent. Outside
/// prpm an assertion may have more than a type and a value.
struct AssertionSpec {
  std::string type{};  ///< empty when the author gave none; the dialect decides what that means
  std::string value{};
  std::optional<double> threshold{};
  std::optional<double> weight{};        ///< absent: 1
  std::string metric{};                  ///< the name under which its score is gathered; empty: none
  std::string config{};                  ///< JSON object, empty when absent
  std::string transform{};               ///< code that changes the answer first; empty: none
  std::vector<AssertionSpec> members{};  ///< of a set
  bool has_members = false;              ///< a list of members was given, perhaps an empty one
};

/// One question to the package, and what must hold of the answer.
struct TestCase {
  std::string title;
  std::optional<std::string> input;  ///< absent only outside prpm: then the prompt is what is asked
  std::optional<std::string> expected_output;
  std::vector<AssertionSpec> assertions;
  std::vector<std::string> tags;
  std::string vars;                 ///< JSON object that templates see, empty when absent
  std::optional<double> threshold;  ///< the score that passes; absent: every assertion must
  std::string metadata;             ///< JSON object, empty when absent
};

/// What a model may be asked for beside its sampling: rarer and larger, hence shared by all cells of a job. Empty fields
/// are not sent. Every provider gets the same wish in its own words; what it cannot be asked is dropped by name.
struct Asking {
  std::optional<std::int64_t> top_k{};
  std::optional<double> frequency_penalty{}, presence_penalty{};
  std::string reasoning_effort{};                  ///< none, minimal, low, medium, high, xhigh, max
  std::optional<std::int64_t> reasoning_tokens{};  ///< the most that may go into reasoning; 0: none
  bool log_probs = false;
  std::string response_format{};  ///< JSON: {"type":"json_object"} or {"type":"json_schema","name":…,"schema":…,"strict":…}
  std::string tools{};            ///< JSON list of {"name":…,"description":…,"parameters":{JSON Schema},"strict":…}
  std::string tool_choice{};      ///< auto, none, required, or a tool's name
  std::optional<bool> parallel_tool_calls{};
  std::optional<bool> stream{};  ///< empty: as the provider is configured
};

/// What the model is asked to do beyond the text. Absent fields are not sent, except where a dialect must have one.
struct Sampling {
  std::optional<double> temperature;
  std::optional<std::int64_t> max_tokens;
  std::optional<double> top_p;
  std::optional<std::int64_t> seed;
  std::vector<std::string> stop;
  std::shared_ptr<const Asking> asking{};  ///< null: nothing else is asked

  const Asking& asked() const;  ///< what is asked, perhaps nothing; never null
};

/// The prompt and the questions of a package at one version. Immutable: the database keys it by its content's hash.
struct Suite {
  std::string name;
  std::string prompt;  ///< extracted from the package content; sent as the system prompt
  std::vector<TestCase> cases;
  Sampling defaults;
  AssertionDialect dialect = AssertionDialect::prpm;
  OnUnknown on_unknown = OnUnknown::repeat;
  bool templates = false;  ///< prompt, inputs and text values of assertions are templates; always so in promptfoo
};

}  // namespace assay
