#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "loose/steps.hpp"

namespace assay::loose {

/// A piece of a text that was read as JSON.
struct Found {
  std::size_t offset = 0, length = 0;  ///< bytes of the text
  std::string json;                    ///< what it says, as JSON text; nested at most 500 deep (LooseObjects)
};

/// Looking further would take more steps than allowed; a sentence for people.
using OutOfSteps = std::string;

/// About 1 s at worst. A step is one byte looked at.
inline constexpr std::uint64_t default_steps = 1u << 26;

/// The objects that promptfoo's contains-json finds, one after the other: at each `{` the piece up to its closing brace
/// (braces in strings count too), or to the end or 100,000 UTF-16 units with the missing braces added, read as a YAML
/// flow mapping (FlowReader) with // comments. What was read is passed over, else the search goes on at the next byte.
/// The text is well formed (text::well_formed) and outlives this.
class LooseObjects {
 public:
  explicit LooseObjects(std::string_view text, std::uint64_t steps = default_steps);
  /// The next one, or none.
  Result<std::optional<Found>, OutOfSteps> next();

 private:
  struct Piece {
    std::size_t end = 0, missing = 0;  ///< braces to be added
  };
  std::optional<Piece> piece_at(std::size_t begin);
  void move_window(std::size_t begin);

  std::string_view text_;
  Steps steps_;
  std::unordered_map<std::size_t, std::size_t> closed_;  ///< `{` to behind its `}`
  std::size_t at_ = 0;
  // What 100,000 units from `at_` on are:
  std::size_t window_begin_ = 0, window_end_ = 0, units_ = 0;
  std::int64_t depth_begin_ = 0, depth_end_ = 0;  ///< open braces so far
};

/// The JSON objects and arrays of a text, real ones (JSON.parse) that are not inside one another, one after the other.
/// Strings are respected. The text outlives this.
class StrictJson {
 public:
  explicit StrictJson(std::string_view text, std::uint64_t steps = default_steps) : text_(text), steps_(steps) {}
  Result<std::optional<Found>, OutOfSteps> next();

 private:
  std::size_t end_of(std::size_t begin);

  std::string_view text_;
  Steps steps_;
  std::unordered_map<std::size_t, std::size_t> ends_;  ///< of those seen inside others; npos: not JSON
  std::size_t at_ = 0, known_to_ = 0;
};

}  // namespace assay::loose
