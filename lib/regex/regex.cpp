#include "regex/regex.hpp"

#include <re2/re2.h>

#include <utility>

#include "regex/re2_text.hpp"
#include "regex/regex_gate.hpp"

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

std::string sentence(const RegexFault& fault) {
  return "the regex is refused: " + std::string(to_string(fault.refusal)) + " at byte " + std::to_string(fault.offset);
}

}  // namespace

struct Regex::Engine {
  Engine(const std::string& pattern, bool from_start, const Bounds& limits)
      : re2(pattern, options(limits.memory_bytes)),
        anchor(from_start ? RE2::ANCHOR_START : RE2::UNANCHORED),
        bounds(limits) {}

  RE2 re2;
  RE2::Anchor anchor;
  Bounds bounds;
};

Result<Regex, std::string> Regex::compile(std::string_view pattern, const Bounds& bounds) {
  const auto tree = read_regex(pattern);
  if (!tree) return failure(sentence(tree.error()));
  const bool step = must_step_by_character(*tree);
  auto engine = std::make_unique<Engine>((step ? "(?s:.)*?" : "") + pattern_for_re2(*tree), step, bounds);
  if (!engine->re2.ok())
    return failure("the regex is too large to run in " + std::to_string(bounds.memory_bytes) + " bytes");
  return Regex(std::move(engine));
}

Regex::Regex(std::unique_ptr<const Engine> engine) : engine_(std::move(engine)) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

std::size_t Regex::steps_per_byte() const {
  return program_size() <= small_program ? 1 : program_size();
}

std::size_t Regex::program_size() const {
  return static_cast<std::size_t>(engine_->re2.ProgramSize());
}

Result<bool, std::string> Regex::test(std::string_view subject) const {
  if (subject.size() > engine_->bounds.steps / steps_per_byte()) {
    return failure("regex limit reached: " + std::to_string(subject.size()) + " bytes of text times " +
                   std::to_string(program_size()) + " instructions is more than " +
                   std::to_string(engine_->bounds.steps));
  }
  const re2::StringPiece text(subject.data(), subject.size());
  return engine_->re2.Match(text, 0, subject.size(), engine_->anchor, nullptr, 0);
}

}  // namespace assay::regex
