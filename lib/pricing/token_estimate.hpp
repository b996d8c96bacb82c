#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "job/completion.hpp"

namespace assay::pricing {

/// Characters of which tokenizers make tokens alike.
enum class ScriptFamily {
  latin,
  digits,
  punctuation,
  space,
  greek,
  cyrillic,
  armenian,
  georgian,
  hebrew,
  arabic,
  indic,
  southeast_asian,
  kana,
  han,
  hangul,
  emoji,
  other
};
inline constexpr std::size_t script_families = 17;

std::string_view to_string(ScriptFamily family);

/// How a family's tokens are estimated, in words: "1 a letter".
std::string_view rule_of(ScriptFamily family);

/// What a text has of one family. Tokens in quarters, so that sums are exact.
struct FamilyShare {
  std::int64_t characters = 0, bytes = 0, quarter_tokens = 0;
};

/// The most tokens that a text is likely to be, whatever the model's tokenizer.
///
/// Not a count, which only the provider can make, but above the counts of every tokenizer that was tried: those of
/// OpenAI (cl100k, o200k), Anthropic (the public one, of Claude 2), Gemma 3, Qwen 3, DeepSeek 3, Llama 2 and 3,
/// Mistral; on prose, code, data and noise. tests/data/pricing says with which texts, the test `estimator_error` by how
/// much. Tokenizers that are not public may differ. Never more than a token a byte and two: what stands in no family of
/// known worth is worth its bytes. A character that a vendor spells out before it counts (U+FDFA is eighteen letters)
/// is worth one of its own kind.
struct TokenEstimate {
  std::int64_t tokens = 0;
  std::array<FamilyShare, script_families> families{};

  const FamilyShare& of(ScriptFamily family) const { return families[static_cast<std::size_t>(family)]; }
};

/// Any bytes; those that are not UTF-8 are worth a token each.
TokenEstimate estimate_tokens(std::string_view text);

/// Its number alone.
std::int64_t most_tokens(std::string_view text);

/// Tokens that a provider's frame (role, separators) puts around each message, at most.
inline constexpr std::int64_t message_frame_tokens = 8;

/// Of a prompt: each text, none of an empty one, and its frame.
std::int64_t most_prompt_tokens(std::initializer_list<std::string_view> texts);

/// Of an answer: all that the model wrote. Tokens that it spent unseen are not in it.
std::int64_t most_answer_tokens(const Completion& completion);

}  // namespace assay::pricing
