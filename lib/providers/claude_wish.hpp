#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"
#include "json/writer.hpp"
#include "providers/claude_rules.hpp"
#include "providers/question.hpp"

namespace assay::providers {

/// What is asked of a Claude after its rules have been applied, and what had to be left out. One place decides both,
/// so that what is recorded as dropped is what was dropped.
struct ClaudeWish {
  std::int64_t max_tokens = 0;
  std::optional<double> temperature{}, top_p{};
  std::optional<std::int64_t> top_k{};

  enum class Thinking { unsaid, disabled, budget, adaptive } thinking = Thinking::unsaid;
  std::int64_t budget_tokens = 0;  ///< 1024 … max_tokens - 1
  std::string_view effort{};       ///< low, medium, high, xhigh, max; empty: not said

  /// How an answer by a schema is had: the model's own way, or by a tool whose input is the answer.
  enum class Form { free, schema, tool } form = Form::free;
  std::optional<json::Document> format{};  ///< of Form::schema and Form::tool: Asking::response_format
  std::optional<json::Document> tools{};   ///< the list; none when nothing is offered

  enum class Choice { unsaid, automatic, none, any, named } choice = Choice::unsaid;
  std::string_view chosen{};  ///< of Choice::named

  std::vector<std::string> dropped{};  ///< by our names
};

/// Views into the question. Budgets: an effort is turned into 1024, 2048, 4096, 8192 or 16384 tokens, as gateways do
/// it, at most half of max_tokens; a wish in tokens is kept within max_tokens. Below 1024 there is no thinking.
/// Thinking forces temperature 1 and lets no tool be forced; an answer by a forced tool comes without thinking.
ClaudeWish claude_wish(const Question& question, const ClaudeRules& rules);

/// The schema of an answer by a tool: an object, or any object.
void answer_schema(json::Writer& out, const ClaudeWish& wish);

/// `"thinking":{…}` and `"output_config":{"effort":…}` as members; with the answer's schema where the form is that.
void thinking_members(json::Writer& out, const ClaudeWish& wish);

}  // namespace assay::providers
