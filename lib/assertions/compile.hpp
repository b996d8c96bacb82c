#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "job/suite.hpp"
#include "job/verdict.hpp"
#include "regex/regex.hpp"

namespace assay::assertions {
using regex::Regex;

/// Why a suite's assertions are not judged, and where: "cases[3].assertions[0].value".
struct Fault {
  std::string path, message;
};

/// What a check does with an answer. Knows nothing of dialects.
enum class Kernel { contains_lower, equals_trimmed, regex, longer_than, shorter_than, json };

/// One assertion, ready to run.
struct Check {
  std::int32_t index = 0;  ///< place in the test case
  std::string type;        ///< the author's word, or the dialect's for an absent one
  Kernel kernel = Kernel::contains_lower;
  bool wanted = true;                  ///< passes when the kernel says this
  std::string operand;                 ///< text kernels: in the form they compare
  double bound = 0;                    ///< length kernels
  std::shared_ptr<const Regex> regex;  ///< regex kernel
  std::string shown;                   ///< the operand as a person should see it
};

/// One test case, ready to judge answers. Immutable; may be read from several threads.
struct CompiledCase {
  std::vector<Check> checks;  ///< empty: nothing was asserted
};

struct CompiledSuite {
  std::vector<CompiledCase> cases;  ///< in the suite's order
};

/// What all regexes of one suite together may take.
struct SuiteBounds {
  std::size_t regex_memory_bytes = std::size_t{128} << 20;  ///< shared out evenly, 256 KiB to 4 MiB each
  std::size_t regex_instructions = 1'000'000;               ///< about 16 bytes each
};

/// Turns assertions into checks. The dialect acts here and nowhere else. Unknown and not yet built types, values of the
/// wrong kind and regexes outside the exact subset are faults: a wrong verdict is worse than a refusal.
///
/// PRPM: no type means contains. Text values may be strings, numbers or booleans (as JavaScript's String() writes
/// them); lengths may be numbers or text that holds one. is-json ignores its value. A case without assertions asserts
/// that the answer contains its expected_output; an absent or empty one asserts nothing.
Result<CompiledCase, Fault> compile(const TestCase& test, AssertionDialect dialect);
Result<CompiledSuite, Fault> compile_suite(const Suite& suite, const SuiteBounds& bounds);
Result<CompiledSuite, Fault> compile_suite(const Suite& suite);

/// The verdict on one answer: any bytes, bad ones count as U+FFFD, NUL is a character. Pure and deterministic.
///
/// `pass` when all checks passed, `fail` when one failed, `unchecked` with score 1 when there are none. A check that
/// runs into a limit neither passed nor failed: its `error` says which limit, the verdict is `error` whatever the
/// others say, and the score is 0. Else the score is passed ÷ asserted.
Judgement judge(const CompiledCase& test, std::string_view answer);

/// How much work judging an answer of this length can be: at most about 16 ns for each unit, usually far less. Above
/// `light_work` it does not belong on a thread that others wait for.
std::size_t work(const CompiledCase& test, std::size_t answer_bytes);
inline constexpr std::size_t light_work = std::size_t{1} << 20;

}  // namespace assay::assertions
