#define PCRE2_CODE_UNIT_WIDTH 32
#include <pcre2.h>

#include <algorithm>
#include <utility>

#include "regex/engine.hpp"
#include "regex/pcre2_text.hpp"

namespace assay::regex {
namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* owned) const {
    release(owned);
  }
};
using Code = std::unique_ptr<pcre2_code, Release<pcre2_code_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, Release<pcre2_compile_context_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Release<pcre2_match_context_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Release<pcre2_match_data_free>>;

template <class T>
T made(T owned) {
  if (!owned) throw std::bad_alloc();
  return owned;
}

/// What one callout costs beside the characters that were passed since the last one, and a comparison with a class of
/// one range; so a step is about 5 ns.
constexpr std::size_t callout_steps = 4;
constexpr std::size_t ranges_per_step = 4;
/// The smallest place in memory that a way back takes, for the bound on how many there are.
constexpr std::size_t least_frame_bytes = 128;

/// The work of one test. The engine calls out before every term of the pattern, in the order in which it tries them.
struct Walk {
  std::size_t steps = 0, most = 0, steps_per_character = 1;
  std::size_t place = 0;
};

std::size_t longest_group(const pcre2_callout_block& block) {
  std::size_t longest = 0;
  for (std::uint32_t group = 1; group < block.capture_top; ++group) {
    const std::size_t first = block.offset_vector[2 * group], last = block.offset_vector[2 * group + 1];
    if (first != PCRE2_UNSET && last > first) longest = std::max(longest, last - first);
  }
  return longest;
}

int count_steps(pcre2_callout_block* block, void* data) {
  Walk& walk = *static_cast<Walk*>(data);
  const std::size_t passed = block->current_position > walk.place ? block->current_position - walk.place : 0;
  walk.place = block->current_position;
  walk.steps += callout_steps + passed * walk.steps_per_character;
  if (block->callout_number == back_reference_callout) walk.steps += longest_group(*block);
  return walk.steps > walk.most ? PCRE2_ERROR_CALLOUT : 0;
}

std::string too_large(const Regex::Bounds& bounds) {
  return "the regex is too large to run in " + std::to_string(bounds.memory_bytes) + " bytes";
}

bool says_too_large(int error) {
  switch (error) {
    case PCRE2_ERROR_PATTERN_TOO_LARGE:
    case PCRE2_ERROR_HEAP_FAILED:
    case PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP:
    case PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED:
    case PCRE2_ERROR_LOOKBEHIND_TOO_LONG:
      return true;
    default:
      return false;
  }
}

std::string message(int error) {
  std::u32string text(128, U'\0');
  const int length = pcre2_get_error_message(error, reinterpret_cast<PCRE2_UCHAR*>(text.data()), text.size());
  std::string narrow;
  for (int i = 0; i < length; ++i) narrow += static_cast<char>(text[static_cast<std::size_t>(i)]);
  return narrow;
}

PCRE2_SPTR units(std::u32string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

class Pcre2Engine final : public Engine {
 public:
  Pcre2Engine(Code code, const RegexTree& tree, const Regex::Bounds& bounds)
      : code_(std::move(code)), unicode_(tree.flags.unicode), bounds_(bounds) {
    pcre2_pattern_info(code_.get(), PCRE2_INFO_SIZE, &bytes_);
    std::size_t ranges = 0;
    for (const CharSet& set : tree.sets) ranges = std::max(ranges, set.ranges().size());
    steps_per_character_ = 1 + ranges / ranges_per_step;
  }

  std::size_t bytes() const { return bytes_; }
  std::size_t program_size() const override { return bytes_ / 16 + 1; }
  /// It may go back and forth as long as it is allowed to, whatever the length.
  std::size_t steps_per_byte() const override { return bounds_.steps; }

  Result<bool, std::string> test(Subject& subject) const override {
    const std::u32string_view text = unicode_ ? subject.characters() : subject.units();
    Walk walk;
    walk.most = bounds_.steps;
    walk.steps_per_character = steps_per_character_;
    const MatchContext context = limits(walk);
    const MatchData data = made(MatchData(pcre2_match_data_create(1, nullptr)));
    const int found = pcre2_match(code_.get(), units(text), text.size(), 0, 0, data.get(), context.get());
    if (found >= 0) return true;
    if (found == PCRE2_ERROR_NOMATCH) return false;
    if (found == PCRE2_ERROR_NOMEMORY) throw std::bad_alloc();
    return failure(sentence(found));
  }

 private:
  MatchContext limits(Walk& walk) const {
    MatchContext context = made(MatchContext(pcre2_match_context_create(nullptr)));
    pcre2_set_match_limit(context.get(), static_cast<std::uint32_t>(std::min<std::size_t>(bounds_.steps, UINT32_MAX)));
    pcre2_set_heap_limit(context.get(), static_cast<std::uint32_t>(bounds_.way_back_bytes / 1024));
    pcre2_set_depth_limit(context.get(), static_cast<std::uint32_t>(bounds_.way_back_bytes / least_frame_bytes));
    pcre2_set_callout(context.get(), count_steps, &walk);
    return context;
  }

  std::string sentence(int error) const {
    switch (error) {
      case PCRE2_ERROR_CALLOUT:
      case PCRE2_ERROR_MATCHLIMIT:
        return "regex limit reached: more than " + std::to_string(bounds_.steps) + " steps";
      case PCRE2_ERROR_HEAPLIMIT:
      case PCRE2_ERROR_DEPTHLIMIT:
        return "regex limit reached: more than " + std::to_string(bounds_.way_back_bytes) +
               " bytes to remember the way back";
      default:
        return "the regex cannot be run: " + message(error);
    }
  }

  Code code_;
  bool unicode_;
  Regex::Bounds bounds_;
  std::size_t bytes_ = 0, steps_per_character_ = 1;
};

}  // namespace

MadeEngine make_pcre2_engine(const RegexTree& tree, const Regex::Bounds& bounds) {
  const Pcre2Bounds text_bounds;
  const auto pattern = pattern_for_pcre2(tree, text_bounds);
  if (!pattern) return failure(too_large(bounds));
  const CompileContext context = made(CompileContext(pcre2_compile_context_create(nullptr)));
  pcre2_set_parens_nest_limit(context.get(), static_cast<std::uint32_t>(text_bounds.depth + 8));
  const std::u32string text(pattern->begin(), pattern->end());
  int error = 0;
  PCRE2_SIZE offset = 0;
  // Without its search for likely places, which takes one character for two: (?=a)b?a is not found in "a".
  constexpr std::uint32_t options =
      PCRE2_AUTO_CALLOUT | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NO_START_OPTIMIZE | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP;
  Code code(pcre2_compile(units(text), text.size(), options, &error, &offset, context.get()));
  if (!code) return failure(says_too_large(error) ? too_large(bounds) : "the regex cannot be run: " + message(error));
  auto engine = std::make_unique<Pcre2Engine>(std::move(code), tree, bounds);
  if (engine->bytes() > bounds.memory_bytes) return failure(too_large(bounds));
  return engine;
}

}  // namespace assay::regex
