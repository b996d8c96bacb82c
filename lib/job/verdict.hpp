#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// `error`: there was no answer to judge. `unchecked`: nothing was asserted. An infrastructure error is never a `fail`.
enum class Verdict { pass, fail, error, unchecked };
std::string_view to_string(Verdict verdict);

/// What one assertion found.
struct AssertionResult {
  std::int32_t index = 0;  ///< place in the test case
  std::string type;
  bool passed = false;
  std::string expected;    ///< for people, capped at 1 KiB
  std::string found;       ///< for people, capped at 1 KiB
  std::string error;       ///< why it could not be evaluated (a limit, say); then it neither passed nor failed
};

/// The judge's word on one completion.
struct Judgement {
  Verdict verdict = Verdict::unchecked;
  double score = 1.0;      ///< passed ÷ asserted; 1.0 when nothing was asserted
  std::vector<AssertionResult> assertions;
};

}  // namespace assay
