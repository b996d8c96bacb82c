#include "providers/said.hpp"

#include <string>

#include "json/writer.hpp"

namespace assay::providers {
namespace {

constexpr std::string_view no_output = "(no output)";

Said& users_side(std::vector<Said>& all) {
  if (all.empty() || all.back().assistant) all.emplace_back();
  return all.back();
}

std::string object_of(std::string_view arguments) {
  if (arguments.find_first_not_of(" \t\r\n") == std::string_view::npos) return "{}";
  const auto document = json::parse(arguments, json::Limits::foreign());
  if (document && document->root().is_object()) return std::string(document->root().raw());
  std::string object;
  json::Writer(object).begin_object().field("arguments", arguments).end_object();
  return object;
}

}  // namespace

std::vector<Said> said(const Question& question) {
  std::vector<Said> all;
  for (const Turn& turn : question.turns) {
    if (turn.role == Turn::Role::assistant) all.emplace_back().assistant = &turn;
    if (turn.role == Turn::Role::tool) users_side(all).results.push_back(&turn);
    if (turn.role == Turn::Role::user) users_side(all).texts.push_back(turn.text);
  }
  if (!question.input.empty() || question.turns.empty()) users_side(all).texts.push_back(question.input);
  return all;
}

std::optional<json::Document> verbatim_content(const Turn& turn) {
  if (turn.verbatim.empty()) return std::nullopt;
  auto content = json::parse(turn.verbatim, json::Limits::foreign());
  if (!content || !content->root().is_array() || content->root().size() == 0) return std::nullopt;
  return std::move(*content);
}

void each_call(const Turn& turn, const OnCall& on_call) {
  if (turn.tool_calls.empty()) return;
  const auto calls = json::parse(turn.tool_calls, json::Limits::foreign());
  if (!calls) return;
  for (const json::View call : calls->root().elements()) {
    const json::View function = call["function"];
    on_call(call["id"].string_or(""), function["name"].string_or(""), object_of(function["arguments"].string_or("")));
  }
}

std::string_view result_text(const Turn& turn) {
  return turn.text.empty() ? no_output : std::string_view(turn.text);
}

}  // namespace assay::providers
