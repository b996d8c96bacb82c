#include "tools/span_attributes.hpp"

#include <span>
#include <string_view>

#include "json/grammar.hpp"
#include "json/writer.hpp"
#include "text/javascript_text.hpp"
#include "tools/values.hpp"
#include "tools/words.hpp"

namespace assay::tools {
namespace {

using json::View;
using Keys = std::span<const std::string_view>;

constexpr std::string_view kToolNames[] = {
    "tool.name",        "tool_name",       "tool",       "function.name",  "function_name", "ai.toolCall.name",
    "gen_ai.tool.name", "agent.tool_name", "agent.tool", "agent.toolName", "codex.mcp.tool"};
constexpr std::string_view kArguments[] = {"tool.args",
                                           "tool.arguments",
                                           "tool.input",
                                           "tool_args",
                                           "tool_arguments",
                                           "tool_input",
                                           "function.args",
                                           "function.arguments",
                                           "function.input",
                                           "function_args",
                                           "function_arguments",
                                           "ai.toolCall.args",
                                           "ai.toolCall.arguments",
                                           "ai.toolCall.input",
                                           "gen_ai.tool.args",
                                           "gen_ai.tool.arguments",
                                           "gen_ai.tool.input",
                                           "gen_ai.tool.call.args",
                                           "gen_ai.tool.call.arguments",
                                           "agent.tool.args",
                                           "agent.tool.arguments",
                                           "agent.tool.input",
                                           "codex.mcp.args",
                                           "codex.mcp.arguments",
                                           "codex.mcp.input",
                                           "args",
                                           "arguments",
                                           "input"};
constexpr std::string_view kCommands[] = {"codex.command", "command", "command.name", "command_name"};
constexpr std::string_view kSearches[] = {"codex.search.query", "search.query", "search_query"};

std::string_view trimmed_text(View value) {
  return text::trim(value.string_or(""));
}

std::string first_text(View attributes, Keys keys) {
  for (const std::string_view key : keys) {
    const std::string_view found = trimmed_text(attributes[key]);
    if (!found.empty()) return std::string(found);
  }
  return {};
}

bool is_container_text(std::string_view text) {
  if (!text.starts_with('[') && !text.starts_with('{')) return false;
  return json::is_json(text);
}

/// "tool name", "toolName", "tool.name", …: the words with at most one character between them.
bool holds_pair(std::string_view text, std::string_view first, std::string_view second) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins_with(text.substr(at), first)) continue;
    const std::string_view rest = text.substr(at + first.size());
    if (begins_with(rest, second)) return true;
    if (!rest.empty() && rest[0] != '\n' && rest[0] != '\r' && begins_with(rest.substr(1), second)) return true;
  }
  return false;
}

bool names_a_tool(std::string_view key) {
  if (holds_pair(key, "tool", "name") || holds_pair(key, "function", "name")) return true;
  return holds_whole(key, {"tool"}, "._") && !holds_any(key, {"result", "output", "definition"});
}

Structured quoted(std::string_view text) {
  std::string json_text;
  json::append_quoted(json_text, text);
  auto document = json::parse(json_text, json::Limits::foreign());
  if (!document) return {};
  auto owned = std::make_shared<const json::Document>(std::move(*document));
  return {owned->root(), owned};
}

Structured structured(View value) {
  if (value.is_null()) return {};
  if (!value.is_string()) return {value, nullptr};
  const std::string_view text = trimmed_text(value);
  if (text.empty()) return {};
  auto document = json::parse(text, json::Limits::foreign());
  if (!document) return quoted(text);
  auto owned = std::make_shared<const json::Document>(std::move(*document));
  return {owned->root(), owned};
}

/// A command as the arguments of a shell tool give it: text, or a list of words or commands.
std::string command_in(View arguments) {
  const bool has_cmd = arguments["cmd"].exists(), has_command = arguments["command"].exists();
  const View given = has_cmd ? arguments["cmd"] : has_command ? arguments["command"] : arguments["commands"];
  const std::string_view between = has_cmd || has_command ? " " : "; ";
  if (given.is_string()) return std::string(trimmed_text(given));
  std::string joined;
  for (const View part : given.elements()) {
    const std::string text = to_text(part);
    const std::string_view word = text::trim(text);
    if (!word.empty()) joined.append(joined.empty() ? "" : between).append(word);
  }
  return joined;
}

bool is_search(const Span& span) {
  constexpr std::string_view edges = " \t\n\v\f\r._:/-";
  if (holds_whole(span.name, {"search", "find", "lookup", "retrieve", "retrieval"}, edges)) return true;
  for (const auto& [key, value] : span.attributes.members()) {
    if (key != "query" && holds_whole(key, {"search", "lookup", "retrieve", "retrieval"}, "._")) return true;
  }
  return false;
}

std::string_view without_quotes(std::string_view text) {
  if (text.starts_with('"')) text.remove_prefix(1);
  if (text.ends_with('"')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string tool_name(const Span& span) {
  std::string direct = first_text(span.attributes, kToolNames);
  if (!direct.empty()) return direct;
  for (const auto& [key, value] : span.attributes.members()) {
    const std::string_view text = trimmed_text(value);
    if (!text.empty() && names_a_tool(key) && !is_container_text(text)) return std::string(text);
  }
  const std::size_t slash = span.name.rfind('/');
  if (!span.name.starts_with("mcp ") || slash == span.name.npos) return {};
  return std::string(text::trim(span.name.substr(slash + 1)));
}

Structured tool_arguments(const Span& span) {
  for (const std::string_view key : kArguments) {
    Structured found = structured(span.attributes[key]);
    if (found.value.exists()) return found;
  }
  for (const auto& [key, value] : span.attributes.members()) {
    if (holds_any(key, {"result", "output", "error", "status"})) continue;
    if (!holds_whole(key, {"arguments", "args", "input"}, "._")) continue;
    Structured found = structured(value);
    if (found.value.exists()) return found;
  }
  return {};
}

std::string command(const Span& span, const Structured& arguments, bool runs_commands) {
  std::string direct = first_text(span.attributes, kCommands);
  if (!direct.empty()) return direct;
  for (const auto& [key, value] : span.attributes.members()) {
    const std::string_view text = trimmed_text(value);
    if (!text.empty() && holds_word(key, "command") && !holds_any(key, {"output", "result"})) return std::string(text);
  }
  if (runs_commands) {
    std::string given = command_in(arguments.value);
    if (!given.empty()) return given;
  }
  return span.name.starts_with("exec ") ? std::string(text::trim(span.name.substr(5))) : std::string();
}

std::string search_query(const Span& span) {
  std::string direct = first_text(span.attributes, kSearches);
  if (!direct.empty()) return direct;
  const std::string_view query = trimmed_text(span.attributes["query"]);
  if (!query.empty() && is_search(span)) return std::string(query);
  if (!span.name.starts_with("search ")) return {};
  return std::string(text::trim(without_quotes(span.name.substr(7))));
}

}  // namespace assay::tools
