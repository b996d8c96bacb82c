#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What a suite's assertions mean. Acts only when assertions are compiled; stored with the suite.
enum class AssertionDialect { prpm };
std::string_view to_string(AssertionDialect dialect);

/// What happens to a cell whose earlier call's outcome is unknown.
enum class OnUnknown { repeat, hold };

/// One assertion as its author wrote it. `value` is JSON text ("\"Paris\"", "12", "null"), empty when absent.
struct AssertionSpec {
  std::string type;  ///< empty when the author gave none; the dialect decides what that means
  std::string value;
};

/// One question to the package, and what must hold of the answer.
struct TestCase {
  std::string title;
  std::string input;
  std::optional<std::string> expected_output;
  std::vector<AssertionSpec> assertions;
  std::vector<std::string> tags;
};

/// What the model is asked to do beyond the text. Absent fields are not sent, except where a dialect must have one.
struct Sampling {
  std::optional<double> temperature;
  std::optional<std::int64_t> max_tokens;
  std::optional<double> top_p;
  std::optional<std::int64_t> seed;
  std::vector<std::string> stop;
};

/// The prompt and the questions of a package at one version. Immutable: the database keys it by its content's hash.
struct Suite {
  std::string name;
  std::string prompt;  ///< extracted from the package content; sent as the system prompt
  std::vector<TestCase> cases;
  Sampling defaults;
  AssertionDialect dialect = AssertionDialect::prpm;
  OnUnknown on_unknown = OnUnknown::repeat;
};

}  // namespace assay
