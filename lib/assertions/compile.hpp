#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "assertions/check.hpp"
#include "assertions/regexes.hpp"
#include "base/result.hpp"
#include "job/evidence.hpp"
#include "job/suite.hpp"
#include "job/verdict.hpp"

namespace assay::assertions {
using regex::Regex;

/// Why a suite's assertions are not judged, and where: "cases[3].assertions[0].value".
struct Fault {
  std::string path, message;
};

struct CompiledSuite {
  std::vector<CompiledCase> cases;  ///< in the suite's order
};

/// Turns assertions into checks. The dialect acts here and nowhere else (types.hpp has the tables).
///
/// prpm: unknown and not yet built types, values of the wrong kind and regexes outside the exact subset are faults: a
/// wrong verdict is worse than a refusal. No type means contains. Text values may be strings, numbers or booleans (as
/// JavaScript's String() writes them); lengths may be numbers or text that holds one. is-json ignores its value. A case
/// without assertions asserts that the answer contains its expected_output; an absent or empty one asserts nothing.
///
/// strict: the same are faults. promptfoo: they are errors of the assertion whenever it is judged, as promptfoo raises
/// them, and the other assertions are judged all the same.
///
/// With templates, texts of values (and of lists of texts) and metrics are rendered with the case's vars, as they are.
Result<CompiledCase, Fault> compile(const TestCase& test, AssertionDialect dialect, bool templates = false,
                                    const SuiteBounds& bounds = SuiteBounds());

/// All cases of a suite. Only prpm has faults here: in the other dialects a faulty assertion is an error of its case
/// whenever that is judged, so that the other cases go on. Vars that are templates over other vars are rendered first.
Result<CompiledSuite, Fault> compile_suite(const Suite& suite, const SuiteBounds& bounds);
Result<CompiledSuite, Fault> compile_suite(const Suite& suite);

/// The verdict on one answer: any bytes, bad ones count as U+FFFD, NUL is a character. Pure and deterministic.
///
/// `pass` when all checks passed (or the case's score reached its threshold), `fail` when not, `unchecked` with score 1
/// when there are none. A check that runs into a limit or lacks its evidence neither passed nor failed: its `error`
/// says why, the verdict is `error` whatever the others say, and the score is 0.
Judgement judge(const CompiledCase& test, std::string_view answer, const Evidence& evidence);
Judgement judge(const CompiledCase& test, std::string_view answer);

/// How much work judging an answer of this length can be: at most about 16 ns for each unit, usually far less. Above
/// `light_work` it does not belong on a thread that others wait for.
std::size_t work(const CompiledCase& test, std::size_t answer_bytes);
inline constexpr std::size_t light_work = std::size_t{1} << 20;

/// About what a case's kernels hold in memory.
std::size_t memory_bytes(const CompiledCase& test);

}  // namespace assay::assertions
