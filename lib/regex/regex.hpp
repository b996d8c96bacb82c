#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace assay::regex {

/// `new RegExp(pattern).test(text)` for the subset that read_regex() takes, in time that grows with text × program and
/// in bounded memory, whatever the pattern. Immutable; may be used from several threads.
class Regex {
 public:
  struct Bounds {
    std::size_t memory_bytes = std::size_t{4} << 20;  ///< for the program and the states it builds while it runs
    std::size_t steps = std::size_t{1} << 26;  ///< most bytes × steps_per_byte() for one test; about 1 s at worst
  };

  /// The pattern ready to run, or why it cannot be: the refusal's name with its offset, or that its program would be
  /// too large. A sentence for people.
  static Result<Regex, std::string> compile(std::string_view pattern, const Bounds& bounds);
  static Result<Regex, std::string> compile(std::string_view pattern) { return compile(pattern, Bounds{}); }

  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;
  ~Regex();

  /// Whether the pattern matches somewhere in a subject_for_re2(), or the limit that would be passed.
  Result<bool, std::string> test(std::string_view subject) const;

  std::size_t program_size() const;
  /// Steps that one byte of text can take at worst: the program's size, or 1 for a small program.
  std::size_t steps_per_byte() const;

 private:
  struct Engine;
  explicit Regex(std::unique_ptr<const Engine> engine);
  std::unique_ptr<const Engine> engine_;
};

}  // namespace assay::regex
