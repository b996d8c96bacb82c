#include "regex/regex.hpp"

#include <utility>

#include "regex/engine.hpp"
#include "regex/re2_text.hpp"
#include "regex/regex_gate.hpp"

namespace assay::regex {
namespace {

std::string sentence(const RegexFault& fault) {
  return "the regex is refused: " + std::string(to_string(fault.refusal)) + " at byte " + std::to_string(fault.offset);
}

}  // namespace

Result<Regex, std::string> Regex::compile(std::string_view pattern, std::string_view flags, const Bounds& bounds) {
  const auto tree = read_regex(pattern, flags);
  if (!tree) return failure(sentence(tree.error()));
  auto engine = fits_re2(*tree) ? make_re2_engine(*tree, bounds) : make_pcre2_engine(*tree, bounds);
  if (!engine) return failure(std::move(engine.error()));
  return Regex(std::move(*engine));
}

Result<Regex, std::string> Regex::compile(std::string_view pattern, std::string_view flags) {
  return compile(pattern, flags, Bounds{});
}
Result<Regex, std::string> Regex::compile(std::string_view pattern, const Bounds& bounds) {
  return compile(pattern, "", bounds);
}
Result<Regex, std::string> Regex::compile(std::string_view pattern) {
  return compile(pattern, "", Bounds{});
}

Regex::Regex(std::unique_ptr<const Engine> engine) : engine_(std::move(engine)) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

std::size_t Regex::steps_per_byte() const {
  return engine_->steps_per_byte();
}

std::size_t Regex::program_size() const {
  return engine_->program_size();
}

Result<bool, std::string> Regex::test(Subject& subject) const {
  return engine_->test(subject);
}

}  // namespace assay::regex
