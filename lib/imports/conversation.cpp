#include "imports/json_tree.hpp"
#include "imports/prompts.hpp"
#include "text/javascript_text.hpp"
#include "yaml/scalar.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

/// The messages of a chat prompt; empty when the text is none.
std::optional<Node> messages_of(const std::string& raw) {
  const std::string_view text = text::trim(raw);
  if (text.starts_with('[') || text.starts_with('{')) {
    auto json = read_json("", raw);
    if (!json || json->kind != Node::Kind::list) return std::nullopt;
    return std::move(*json);
  }
  if (!text.starts_with("- role:")) return std::nullopt;
  yaml::Tree tree = yaml::read("", raw, yaml::Limits::foreign());
  return tree.faults.empty() ? std::optional(std::move(tree.root)) : std::nullopt;
}

bool is_message(const Node& node) {
  return node.kind == Node::Kind::map && node.find("role") != nullptr;
}

}  // namespace

Result<Conversation, std::string> conversation_of(const std::string& raw) {
  const auto messages = messages_of(raw);
  if (!messages) {
    const std::string_view text = text::trim(raw);
    const bool unfinished = text.starts_with('[') && text.find("\"role\"") != text.npos;
    if (unfinished)
      return failure(std::string("these messages are JSON only when they are rendered; write them as JSON"));
    return Conversation{raw, std::nullopt};
  }
  if (messages->items.empty() || !is_message(messages->items.front())) return Conversation{raw, std::nullopt};
  std::optional<std::string> system, user;
  for (const Node& message : messages->items) {
    const Node* role = message.find("role");
    const Node* content = message.find("content");
    if (!role || !content || !yaml::as_text(*content))
      return failure(std::string("a message must have a role and a text as content"));
    const bool instructs = role->text == "system" || role->text == "developer";
    if (!instructs && role->text != "user")
      return failure("messages of the role " + role->text + " are not carried over; a case asks one question");
    std::optional<std::string>& slot = instructs ? system : user;
    if (slot || (instructs && user))
      return failure(std::string("a conversation has at most one system message and then one user message"));
    slot = content->text;
  }
  if (!user) return failure(std::string("a conversation must have a user message"));
  if (!system) return Conversation{*user, std::nullopt};
  return Conversation{*system, user};
}

}  // namespace assay::imports
