#include <re2/re2.h>

#include <utility>

#include "regex/engine.hpp"
#include "regex/re2_text.hpp"

namespace assay::regex {
namespace {

/// So few instructions make at most some thousand states, which all fit in memory: each byte is then one step.
constexpr std::size_t small_program = 12;

RE2::Options options(std::size_t memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_max_mem(static_cast<std::int64_t>(memory));
  return options;
}

class Re2Engine final : public Engine {
 public:
  Re2Engine(const Re2Text& text, const Regex::Bounds& bounds)
      : re2_(text.pattern, options(bounds.memory_bytes)),
        anchor_(text.from_start ? RE2::ANCHOR_START : RE2::UNANCHORED),
        steps_(bounds.steps) {}

  bool ok() const { return re2_.ok(); }
  std::size_t program_size() const override { return static_cast<std::size_t>(re2_.ProgramSize()); }
  std::size_t steps_per_byte() const override { return program_size() <= small_program ? 1 : program_size(); }

  Result<bool, std::string> test(Subject& subject) const override {
    const std::string_view shown = subject.shown();
    if (shown.size() > steps_ / steps_per_byte()) {
      return failure("regex limit reached: " + std::to_string(shown.size()) + " bytes of text times " +
                     std::to_string(program_size()) + " instructions is more than " + std::to_string(steps_));
    }
    const re2::StringPiece text(shown.data(), shown.size());
    return re2_.Match(text, 0, shown.size(), anchor_, nullptr, 0);
  }

 private:
  RE2 re2_;
  RE2::Anchor anchor_;
  std::size_t steps_;
};

}  // namespace

MadeEngine make_re2_engine(const RegexTree& tree, const Regex::Bounds& bounds) {
  auto engine = std::make_unique<Re2Engine>(text_for_re2(tree), bounds);
  if (!engine->ok())
    return failure("the regex is too large to run in " + std::to_string(bounds.memory_bytes) + " bytes");
  return engine;
}

}  // namespace assay::regex
