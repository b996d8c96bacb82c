#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "assertions/answer.hpp"
#include "base/result.hpp"

namespace assay::assertions {

/// What a kernel says of an answer, before `not-`.
struct Finding {
  bool holds = false;
  std::optional<double> score{};    ///< empty: 1 when the assertion passed, else 0
  bool fixed = false;               ///< `holds` is the verdict, whatever the prefix
  std::string found{};              ///< for people: what was there instead; any length
  std::string where{};              ///< the place in the answer
  std::string_view around{};        ///< instead of `found`: a form of the answer to quote from …
  std::optional<std::size_t> at{};  ///< … and the byte in it where something stands
};

/// Nothing was found in this form of the answer.
inline Finding missed(std::string_view form) {
  Finding finding;
  finding.around = form;
  return finding;
}
/// Something was found at this byte of this form of the answer.
inline Finding hit(std::string_view form, std::size_t at) {
  Finding finding = missed(form);
  finding.holds = true;
  finding.at = at;
  return finding;
}
/// Yes or no, and what a person should see when that was not wanted.
inline Finding decided(bool holds, std::string found) {
  Finding finding;
  finding.holds = holds;
  finding.found = std::move(found);
  return finding;
}
/// A score that is held against a threshold.
Finding scored(double score, double threshold);

/// One check of an answer: what an assertion's type and value became. Knows nothing of dialects and of `not-`.
/// Immutable; may run on several threads at once, each with an Answer of its own.
class Kernel {
 public:
  virtual ~Kernel() = default;

  /// The finding, or why there is none (a limit, evidence that is missing): a sentence for people. Deterministic.
  virtual Result<Finding, std::string> run(Answer& answer) const = 0;

  /// At most so many units of about 16 ns for an answer of so many bytes; usually far fewer.
  virtual std::size_t work(std::size_t answer_bytes) const { return answer_bytes; }

  /// About what it holds in memory beside its operands.
  virtual std::size_t memory_bytes() const { return 0; }
};

/// A kernel from a function of the answer, for those that need no more than that.
template <class Function>
class FunctionKernel final : public Kernel {
 public:
  explicit FunctionKernel(Function function) : function_(std::move(function)) {}
  Result<Finding, std::string> run(Answer& answer) const override { return function_(answer); }

 private:
  Function function_;
};

/// As FunctionKernel, for work that grows with more than the answer: `per_byte` units for each of its bytes.
template <class Function>
class HeavyKernel final : public Kernel {
 public:
  HeavyKernel(Function function, std::size_t per_byte) : function_(std::move(function)), per_byte_(per_byte) {}
  Result<Finding, std::string> run(Answer& answer) const override { return function_(answer); }
  std::size_t work(std::size_t answer_bytes) const override { return answer_bytes * per_byte_; }

 private:
  Function function_;
  std::size_t per_byte_;
};

/// A text cut to what a person is shown, with an ellipsis where it was cut.
std::string cut(std::string_view text, std::size_t most);
inline constexpr std::size_t shown_operand_bytes = 1024, shown_answer_bytes = 200;
inline std::string shown(std::string_view text) {
  return cut(text, shown_answer_bytes);
}

/// What stands around a place in a text.
std::string excerpt(std::string_view text, std::size_t at);
/// "character 17": characters, counted from 0, before a byte of the text.
std::string place(std::string_view text, std::size_t at);

}  // namespace assay::assertions
