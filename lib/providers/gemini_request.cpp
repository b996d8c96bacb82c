#include "providers/gemini_request.hpp"

#include <algorithm>
#include <limits>

#include "json/document.hpp"
#include "json/writer.hpp"
#include "providers/gemini_rules.hpp"
#include "providers/whole_calls.hpp"

namespace assay::providers {
namespace {

constexpr std::size_t most_stops = 5;

/// Google's own word for a call that some other model made, or whose signature was not kept.
constexpr const char* no_signature = "skip_thought_signature_validator";

bool seed_fits(std::int64_t seed) {
  return seed >= std::numeric_limits<std::int32_t>::min() && seed <= std::numeric_limits<std::int32_t>::max();
}

void text_part(json::Writer& out, std::string_view text) {
  out.begin_object().field("text", text).end_object();
}

void id_field(json::Writer& out, std::string_view id) {
  if (!id.empty() && !made_id(id)) out.field("id", id);
}

void call_part(json::Writer& out, json::View call, const char* signature) {
  const json::View function = call["function"];
  out.begin_object().key("functionCall").begin_object();
  id_field(out, call["id"].string_or(""));
  out.field("name", function["name"].string_or("")).key("args");
  const auto arguments = json::parse(function["arguments"].string_or(""), json::Limits::foreign());
  if (arguments && arguments->root().is_object())
    out.view(arguments->root());
  else
    out.begin_object().end_object();
  out.end_object();
  if (signature) out.field("thoughtSignature", signature);
  out.end_object();
}

/// The content that the model sent; false when it is none.
bool verbatim(json::Writer& out, const std::string& text) {
  if (text.empty()) return false;
  const auto content = json::parse(text, json::Limits::foreign());
  if (!content) return false;
  const json::View root = content->root();
  const json::View parts = root.is_array() ? root : root["parts"];
  if (!parts.is_array()) return false;
  out.begin_object().field("role", "model").key("parts").view(parts).end_object();
  return true;
}

void model_content(json::Writer& out, const Turn& turn, const GeminiRules& rules) {
  if (verbatim(out, turn.verbatim)) return;
  out.begin_object().field("role", "model").key("parts").begin_array();
  const auto calls = json::parse(turn.tool_calls, json::Limits::foreign());
  const bool any_call = calls && calls->root().size() > 0;
  if (!turn.text.empty() || !any_call) text_part(out, turn.text);
  const char* signature = rules.signed_calls ? no_signature : nullptr;
  if (any_call) {
    for (const json::View call : calls->root().elements()) {
      call_part(out, call, signature);
      signature = nullptr;  // of parallel calls the first carries it
    }
  }
  out.end_array().end_object();
}

/// A result that is an object goes as it is; anything else is wrapped into one.
void result_part(json::Writer& out, const Turn& turn) {
  out.begin_object().key("functionResponse").begin_object();
  id_field(out, turn.tool_call_id);
  out.field("name", turn.tool_name).key("response");
  const auto value = json::parse(turn.text, json::Limits::foreign());
  if (!turn.is_error && value && value->root().is_object()) {
    out.view(value->root());
  } else {
    out.begin_object().key(turn.is_error ? "error" : "result");
    if (value && !turn.is_error)
      out.view(value->root());
    else
      out.string(turn.text);
    out.end_object();
  }
  out.end_object().end_object();
}

/// Writes the contents turn by turn: results of tools that follow one another are the parts of one user turn.
class Contents {
 public:
  Contents(json::Writer& out, std::string_view first_part) : out_(out), first_part_(first_part) {}

  void user(std::string_view text) {
    open_user();
    text_part(out_, text);
    close();
  }
  void model(const Turn& turn, const GeminiRules& rules) {
    close();
    if (!first_part_.empty()) open_user();  // the prompt comes first, also before a turn of the model's
    close();
    model_content(out_, turn, rules);
  }
  void result(const Turn& turn) {
    if (!open_) open_user();
    result_part(out_, turn);
  }
  void close() {
    if (open_) out_.end_array().end_object();
    open_ = false;
  }

 private:
  void open_user() {
    close();
    out_.begin_object().field("role", "user").key("parts").begin_array();
    if (!first_part_.empty()) text_part(out_, first_part_);
    first_part_ = {};
    open_ = true;
  }

  json::Writer& out_;
  std::string_view first_part_;
  bool open_ = false;
};

void contents(json::Writer& out, const Question& question, const GeminiRules& rules) {
  out.key("contents").begin_array();
  Contents turns(out, rules.system_instruction ? std::string_view() : std::string_view(question.system));
  for (const Turn& turn : question.turns) {
    switch (turn.role) {
      case Turn::Role::user:
        turns.user(turn.text);
        break;
      case Turn::Role::assistant:
        turns.model(turn, rules);
        break;
      case Turn::Role::tool:
        turns.result(turn);
        break;
    }
  }
  if (!question.input.empty() || question.turns.empty()) turns.user(question.input);
  turns.close();
  out.end_array();
}

/// Tokens, where the family counts in them and they are told; else the effort. Never both.
void thinking(json::Writer& out, const Asking& asking, const GeminiRules& rules) {
  const bool budget = rules.thinking == GeminiRules::Thinking::budget;
  const std::string wish = budget && asking.reasoning_tokens ? std::to_string(*asking.reasoning_tokens)
                                                             : gemini_thinking(rules, asking.reasoning_effort);
  if (wish.empty()) return;
  out.key("thinkingConfig").begin_object();
  if (budget)
    out.key("thinkingBudget").raw(wish);
  else
    out.field("thinkingLevel", wish);
  if (wish != "0") out.field("includeThoughts", true);  // a stream that only thinks would look stalled
  out.end_object();
}

void response_format(json::Writer& out, const Asking& asking) {
  const auto format = json::parse(asking.response_format);
  if (!format) return;
  out.field("responseMimeType", "application/json");
  if (const json::View schema = format->root()["schema"]) out.key("responseJsonSchema").view(schema);
}

void generation_config(json::Writer& out, const Sampling& sampling, const GeminiRules& rules) {
  const Asking& asking = sampling.asked();
  out.key("generationConfig").begin_object();
  if (sampling.temperature) out.field("temperature", *sampling.temperature);
  if (sampling.top_p) out.field("topP", *sampling.top_p);
  if (asking.top_k) out.field("topK", *asking.top_k);
  if (sampling.max_tokens) out.field("maxOutputTokens", *sampling.max_tokens);
  if (!sampling.stop.empty()) {
    out.key("stopSequences").begin_array();
    for (std::size_t i = 0; i < std::min(most_stops, sampling.stop.size()); ++i) out.string(sampling.stop[i]);
    out.end_array();
  }
  if (sampling.seed && seed_fits(*sampling.seed)) out.field("seed", *sampling.seed);
  if (asking.presence_penalty) out.field("presencePenalty", *asking.presence_penalty);
  if (asking.frequency_penalty) out.field("frequencyPenalty", *asking.frequency_penalty);
  response_format(out, asking);
  if (asking.log_probs) out.field("responseLogprobs", true);
  thinking(out, asking, rules);
  out.end_object();
}

bool any_generation(const Sampling& sampling) {
  const Asking& asking = sampling.asked();
  return sampling.temperature || sampling.top_p || sampling.max_tokens || sampling.seed || !sampling.stop.empty() ||
         asking.top_k || asking.presence_penalty || asking.frequency_penalty || asking.log_probs ||
         asking.reasoning_tokens || !asking.reasoning_effort.empty() || !asking.response_format.empty();
}

void tools(json::Writer& out, const Asking& asking) {
  const auto list = json::parse(asking.tools);
  if (!list || list->root().size() == 0) return;
  out.key("tools").begin_array().begin_object().key("functionDeclarations").begin_array();
  for (const json::View tool : list->root().elements()) {
    out.begin_object().field("name", tool["name"].string_or(""));
    if (const auto description = tool["description"].as_string()) out.field("description", *description);
    if (tool["parameters"].is_object()) out.key("parametersJsonSchema").view(tool["parameters"]);
    out.end_object();
  }
  out.end_array().end_object().end_array();
  if (asking.tool_choice.empty()) return;

  const std::string& choice = asking.tool_choice;
  const bool named = choice != "auto" && choice != "none" && choice != "required";
  out.key("toolConfig").begin_object().key("functionCallingConfig").begin_object();
  out.field("mode", choice == "auto" ? "AUTO" : choice == "none" ? "NONE" : "ANY");
  if (named) out.key("allowedFunctionNames").begin_array().string(choice).end_array();
  out.end_object().end_object();
}

}  // namespace

std::string gemini_model(std::string_view model) {
  if (model.starts_with("models/") || model.starts_with("tunedModels/")) return std::string(model);
  return "models/" + std::string(model);
}

std::string gemini_body(const Question& question, const Deployment& deployment) {
  const GeminiRules rules = gemini_rules(deployment.model);
  std::string body;
  json::Writer out(body);
  out.begin_object();
  if (!question.system.empty() && rules.system_instruction) {
    out.key("systemInstruction").begin_object().key("parts").begin_array();
    text_part(out, question.system);
    out.end_array().end_object();
  }
  contents(out, question, rules);
  if (any_generation(question.sampling)) generation_config(out, question.sampling, rules);
  tools(out, question.sampling.asked());
  out.end_object();
  return body;
}

std::vector<std::string> gemini_dropped(const Question& question, const Deployment& deployment) {
  const GeminiRules rules = gemini_rules(deployment.model);
  const Sampling& sampling = question.sampling;
  const Asking& asking = sampling.asked();
  const bool by_tokens = rules.thinking == GeminiRules::Thinking::budget && asking.reasoning_tokens;
  std::vector<std::string> dropped;
  if (sampling.seed && !seed_fits(*sampling.seed)) dropped.emplace_back("seed");
  if (sampling.stop.size() > most_stops) dropped.emplace_back("stop");
  if (!asking.reasoning_effort.empty() && (by_tokens || gemini_thinking(rules, asking.reasoning_effort).empty()))
    dropped.emplace_back("reasoning_effort");
  if (asking.reasoning_tokens && !by_tokens) dropped.emplace_back("reasoning_tokens");
  if (asking.parallel_tool_calls) dropped.emplace_back("parallel_tool_calls");
  return dropped;
}

}  // namespace assay::providers
