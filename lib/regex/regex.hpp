#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "regex/flags.hpp"
#include "regex/subject.hpp"

namespace assay::regex {

class Engine;

/// `new RegExp(pattern, flags).test(text)` for what read_regex() takes, in bounded time and memory whatever the pattern
/// and the text. In linear time where RE2 can say the same; where a way back is needed (looks, back references), the
/// steps are counted and the same text takes the same number of them on every machine. Immutable; may be used from
/// several threads.
class Regex {
 public:
  struct Bounds {
    std::size_t memory_bytes = std::size_t{4} << 20;     ///< for the program, and the states it builds while it runs
    std::size_t way_back_bytes = std::size_t{32} << 20;  ///< what a test may remember to come back to
    /// For one test; about 1 s at worst. Linear: bytes × steps_per_byte(). Else: characters passed, 4 for each term
    /// tried.
    std::size_t steps = std::size_t{1} << 26;
  };

  /// The pattern ready to run, or why it cannot be: the refusal's name with its offset, or that its program would be
  /// too large. A sentence for people. Flags are JavaScript's letters.
  static Result<Regex, std::string> compile(std::string_view pattern, std::string_view flags, const Bounds& bounds);
  static Result<Regex, std::string> compile(std::string_view pattern, std::string_view flags);
  static Result<Regex, std::string> compile(std::string_view pattern, const Bounds& bounds);
  static Result<Regex, std::string> compile(std::string_view pattern);

  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;
  ~Regex();

  /// Whether the pattern matches somewhere in the text, or the limit that was passed.
  Result<bool, std::string> test(Subject& subject) const;

  /// In units of about 16 bytes.
  std::size_t program_size() const;
  /// Steps that one byte of text can take at worst: 1 for a small linear program, a linear program's size; all that a
  /// test may take where the way back is counted.
  std::size_t steps_per_byte() const;

 private:
  explicit Regex(std::unique_ptr<const Engine> engine);
  std::unique_ptr<const Engine> engine_;
};

}  // namespace assay::regex
