#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// `error`: there was no answer to judge, or an assertion could not be evaluated. `unchecked`: nothing was asserted. An
/// infrastructure error is never a `fail`.
enum class Verdict { pass, fail, error, unchecked };
std::string_view to_string(Verdict verdict);

/// What one assertion found.
struct AssertionResult {
  std::int32_t index = 0;  ///< place in the test case, or in the set that it belongs to
  std::string type{};
  bool passed = false;
  std::string expected{};  ///< for people, capped at 1 KiB
  std::string found{};     ///< for people, capped at 1 KiB
  std::string error{};     ///< why it could not be evaluated (a limit, say); then it neither passed nor failed
  double score = 0;        ///< 1 or 0 of most types; anything of some
  double weight = 1;       ///< its share in the case's score; 0: told, but counts for nothing
  std::string metric{};    ///< the name under which the score is gathered
  std::string where{};     ///< the place in the answer: "character 17" (from 0), or a path into its JSON
  std::vector<AssertionResult> members{};  ///< of a set
};

/// The judge's word on one completion.
struct Judgement {
  Verdict verdict = Verdict::unchecked;
  double score = 1.0;  ///< 1.0 when nothing was asserted
  std::vector<AssertionResult> assertions{};
  std::optional<std::int32_t> first_failed{};   ///< the first that failed, or for an error the first that erred
  std::map<std::string, double> named_scores{};  ///< by metric
  std::string reason{};                         ///< one sentence for people, capped at 1 KiB
};

}  // namespace assay
