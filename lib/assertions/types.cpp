#include "assertions/types.hpp"

#include <algorithm>
#include <array>

#include "assertions/answer_kernels.hpp"
#include "assertions/json_kernels.hpp"
#include "assertions/markup_kernels.hpp"
#include "assertions/measure_kernels.hpp"
#include "assertions/score_kernels.hpp"
#include "assertions/script_kernels.hpp"
#include "assertions/text_kernels.hpp"
#include "assertions/tool_kernels.hpp"

namespace assay::assertions {
namespace {

constexpr Polarity flips = Polarity::flips, complement = Polarity::complement, keeps = Polarity::keeps,
                   ignored = Polarity::ignored;
constexpr std::optional<double> none{};
constexpr bool required = true;

Type row(std::string_view name, Maker make, Polarity negated, std::optional<double> threshold, std::string_view value,
         std::string_view meaning) {
  return {.name = name, .make = make, .negated = negated, .threshold = threshold, .value = value, .meaning = meaning};
}
Type limit(std::string_view name, Maker make, std::string_view meaning) {
  return {.name = name, .make = make, .needs_threshold = required, .value = "none", .meaning = meaning};
}
Type set(std::string_view name, Shape shape, std::string_view meaning) {
  return {.name = name, .shape = shape, .negated = complement, .value = "`assert`: a list", .meaning = meaning};
}
Type known(std::string_view name, std::string_view meaning) {
  return {.name = name, .built = false, .value = "-", .meaning = meaning};
}

// A new type is a row here, its kernel, and its row in assay_private.assertion_types.
std::vector<Type> table() {
  return {
      // The text.
      row("equals", make_equals, flips, none, "any", "the answer is this text, or as JSON this value"),
      row("iequals", make_iequals, flips, none, "text, number, boolean",
          "the trimmed answer is this text, whatever the case"),
      row("contains", make_contains, flips, none, "text, number", "the text occurs"),
      row("icontains", make_icontains, flips, none, "text, number", "the text occurs, whatever the case"),
      row("contains-any", make_contains_any, flips, none, "list, comma list", "one of the texts occurs"),
      row("icontains-any", make_icontains_any, flips, none, "list, comma list",
          "one of the texts occurs, whatever the case"),
      row("contains-all", make_contains_all, flips, none, "list, comma list", "each of the texts occurs"),
      row("icontains-all", make_icontains_all, flips, none, "list, comma list",
          "each of the texts occurs, whatever the case"),
      row("starts-with", make_starts_with, flips, none, "text", "the answer begins so"),
      row("ends-with", make_ends_with, flips, none, "text", "the answer ends so"),
      row("regex", make_regex, flips, none, "pattern", "JavaScript's `new RegExp(value).test(answer)`"),
      row("length-greater-than", make_longer_than, flips, none, "number", "more UTF-16 code units than this"),
      row("length-less-than", make_shorter_than, flips, none, "number", "fewer UTF-16 code units than this"),
      row("word-count", make_word_count, flips, none, "number, {min, max}",
          "as many words, runs of what is not white space"),
      row("is-refusal", make_is_refusal, flips, none, "none", "it reads like a refusal, or is empty"),
      row("multiple-choice", make_multiple_choice, flips, none, "letter, {answer, choices}",
          "the letter that was chosen"),
      {.name = "extract",
       .shape = Shape::extract,
       .make = make_extract,
       .negated = complement,
       .value = "last-line, answer, boxed, code, {after}, {code, which}; `assert`: a list",
       .meaning = "the members judge this part of the answer; without one it fails"},
      // JSON.
      row("is-json", make_is_json, flips, none, "none, schema", "the answer is JSON, and fits the schema"),
      row("contains-json", make_contains_json, flips, none, "none, schema",
          "a piece of the answer is JSON, and fits the schema"),
      row("json-path", make_json_path, flips, none, "{path, equals}", "what stands at the path is this, or anything"),
      row("json-diff", make_json_diff, complement, 1.0, "any", "likeness of the answer's JSON to this value"),
      // Markup and SQL.
      row("is-xml", make_is_xml, flips, none, "none, list, comma list, {requiredElements}",
          "the answer is XML and has these elements"),
      row("contains-xml", make_contains_xml, flips, none, "none, list, comma list, {requiredElements}",
          "a piece of the answer is XML and has these elements"),
      row("is-html", make_is_html, flips, none, "none", "the answer is HTML"),
      row("contains-html", make_contains_html, flips, none, "none", "the answer has signs of HTML"),
      row("is-sql", make_is_sql, flips, none, "none, {databaseType, allowedTables, allowedColumns}",
          "the answer is SQL and touches what it may"),
      row("contains-sql", make_contains_sql, flips, none, "none, {databaseType, allowedTables, allowedColumns}",
          "a fenced block of the answer, or all of it, is SQL"),
      // Likeness.
      row("exact-match", make_exact_match, flips, none, "text, list",
          "the same words without case, articles and punctuation"),
      row("levenshtein", make_levenshtein, flips, 5.0, "text",
          "edit distance in UTF-16 code units, at most the threshold"),
      row("levenshtein-ratio", make_levenshtein_ratio, complement, 0.8, "text", "1 - edit distance / longer length"),
      row("jaro-winkler", make_jaro_winkler, complement, 0.8, "text", "likeness of short texts"),
      row("token-f1", make_token_f1, complement, 0.5, "text, list",
          "F1 of the words without case, articles and punctuation"),
      row("rouge-n", make_rouge_n, complement, 0.75, "text", "F1 of single tokens"),
      row("rouge-l", make_rouge_l, complement, 0.75, "text", "F1 by the longest common subsequence of tokens"),
      row("bleu", make_bleu, complement, 0.5, "text, list", "BLEU-4 against the best reference"),
      row("gleu", make_gleu, complement, 0.5, "text, list", "Google-BLEU against the best reference"),
      row("meteor", make_meteor, complement, 0.5, "text, list", "METEOR without synonyms"),
      row("chrf", make_chrf, complement, 0.5, "text, list", "chrF2 against the best reference"),
      row("list-overlap", make_list_overlap, complement, 1.0, "list, comma list", "F1 of the answer's items, as a set"),
      row("numeric", make_numeric, flips, none, "number, {value, absolute, relative, take}",
          "the answer's last (first, only) number is this, within the tolerance"),
      // Tools and traces.
      row("is-valid-openai-tools-call", make_valid_tools_call, ignored, none, "none",
          "calls of tools that were offered, with arguments that fit"),
      row("is-valid-function-call", make_valid_function_call, ignored, none, "none",
          "a call of a function that was offered, with arguments that fit"),
      row("is-valid-openai-function-call", make_valid_function_call, ignored, none, "none",
          "as is-valid-function-call"),
      row("tool-call-f1", make_tool_call_f1, keeps, 1.0, "list, comma list",
          "F1 of the names of the tools that were called"),
      row("skill-used", make_skill_used, flips, none, "text, list, {name, pattern, min, max}",
          "skills that metadata.skillCalls names"),
      row("trace-span-count", make_trace_span_count, ignored, none, "{pattern, min, max}", "so many spans match"),
      row("trace-span-duration", make_trace_span_duration, ignored, none, "{max, pattern, percentile}",
          "matching spans took at most so many milliseconds"),
      row("trace-error-spans", make_trace_error_spans, ignored, none,
          "none, number, {max_count, max_percentage, pattern}", "at most so many matching spans are errors"),
      row("trajectory:tool-used", make_tool_used, flips, none, "text, list, {name, pattern, min, max}",
          "these tools were used"),
      row("trajectory:tool-sequence", make_tool_sequence, flips, none, "list, {mode, steps}",
          "the tools were used in this order"),
      row("trajectory:tool-args-match", make_tool_args_match, flips, none,
          "{name, pattern, args, mode, defaults, ignore}", "a tool was called with these arguments"),
      row("trajectory:step-count", make_step_count, flips, none, "{type, pattern, min, max}", "so many steps match"),
      // What was measured.
      limit("latency", make_latency, "milliseconds are at most the threshold; a cached answer has none"),
      limit("time-to-first-token", make_time_to_first_token,
            "milliseconds to the first token are at most the threshold"),
      limit("cost", make_cost, "dollars are at most the threshold"),
      row("max-tokens", make_max_tokens, flips, none, "number, {prompt, completion, total}",
          "no more tokens than these; a number means completion"),
      row("perplexity", make_perplexity, flips, none, "none",
          "exp(-mean log probability) is at most the threshold; without one it passes"),
      row("perplexity-score", make_perplexity_score, complement, none, "none",
          "1 / (1 + exp(-mean log probability)) reaches the threshold; without one it passes"),
      row("finish-reason", make_finish_reason, flips, none, "text",
          "the vendor's finish reason is this, whatever the case"),
      row("guardrails", make_guardrails, flips, none, "none", "the provider's guardrails flagged nothing"),
      // Sets.
      set("assert-set", Shape::weighed, "the weighted mean of the members reaches the threshold; without one all pass"),
      set("all-of", Shape::all, "all members pass; the score is their weighted mean"),
      set("any-of", Shape::any, "one member passes; the score is the best"),
      set("none-of", Shape::none, "no member passes; the score is 1 - the best"),
      // Asked of a model, a service or a program.
      known("llm-rubric", "a model judges by a rubric"),
      known("agent-rubric", "an agent judges by a rubric"),
      known("search-rubric", "a model with a search judges by a rubric"),
      known("model-graded-closedqa", "a model says whether a criterion is met"),
      known("model-graded-factuality", "factuality by its older name"),
      known("factuality", "a model compares facts with a reference"),
      known("g-eval", "a model scores by steps that it wrote"),
      known("answer-relevance", "questions made from the answer are like the one that was asked"),
      known("context-recall", "a model attributes a reference to the context"),
      known("context-relevance", "a model quotes what matters of the context"),
      known("context-faithfulness", "a model checks the answer's statements against the context"),
      known("conversation-relevance", "a model judges the turns of a conversation"),
      known("classifier", "a classifier's score of a label"),
      known("moderation", "a moderation service flags nothing"),
      known("similar", "embeddings are near"),
      known("similar:cosine", "embeddings are near"),
      known("similar:dot", "embeddings are near"),
      known("similar:euclidean", "embeddings are near"),
      known("select-best", "a model chooses the best of a row"),
      known("max-score", "the best of a row by its other scores"),
      known("trajectory:goal-success", "a model judges whether an agent reached its goal"),
      known("pi", "a scoring service"),
      known("webhook", "a service of the author's"),
      row("javascript", make_javascript, keeps, none, "code", "the author's function of the answer says so; only where the operator allows it"),
      known("python", "the author's code"),
      known("ruby", "the author's code"),
  };
}

std::vector<PrpmType> prpm_table() {
  return {
      {"contains", make_prpm_contains, false, "text", "the text occurs, whatever the case"},
      {"not-contains", make_prpm_contains, true, "text", "the text does not occur, whatever the case"},
      {"equals", make_prpm_equals, false, "text", "the answer is this text; both are trimmed"},
      {"regex", make_prpm_regex, false, "pattern", "JavaScript's `new RegExp(value).test(answer)`"},
      {"length-greater-than", make_longer_than, false, "number", "more UTF-16 code units than this"},
      {"length-less-than", make_shorter_than, false, "number", "fewer UTF-16 code units than this"},
      {"is-json", make_prpm_is_json, false, "ignored", "the answer is JSON"},
  };
}

template <class Row>
const Row* find(const std::vector<Row>& rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [name](const Row& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const std::vector<Type>& types() {
  static const std::vector<Type> rows = table();
  return rows;
}

const std::vector<PrpmType>& prpm_types() {
  static const std::vector<PrpmType> rows = prpm_table();
  return rows;
}

const Type* find_type(std::string_view name) {
  return find(types(), name);
}
const PrpmType* find_prpm_type(std::string_view name) {
  return find(prpm_types(), name);
}
bool is_known_in_prpm(std::string_view name) {
  return name == "llm-rubric";
}

}  // namespace assay::assertions
