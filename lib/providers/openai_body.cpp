#include "providers/openai_body.hpp"

#include <optional>

#include "json/document.hpp"

namespace assay::providers {
namespace {

/// JSON that somebody wrote, as a value; null when it is none.
void write_json(json::Writer& out, const std::string& text) {
  const auto document = json::parse(text, json::Limits::foreign());
  if (document)
    out.view(document->root());
  else
    out.null();
}

void write_member(json::Writer& out, json::View object, const char* name) {
  if (object[name]) out.key(name).view(object[name]);
}

/// The body of one chat completion, field by field; a member of the profile's own takes the place of ours.
class ChatBody {
 public:
  ChatBody(const Question& question, const Deployment& deployment, bool ask_usage)
      : question_(question),
        deployment_(deployment),
        profile_(deployment.profile),
        rules_(rules_for(deployment.model)),
        wishes_(question, deployment, rules_, OpenAiApi::chat),
        out_(body_) {
    if (!profile_.extra_body.empty()) {
      if (auto extra = json::parse(profile_.extra_body)) extra_.emplace(std::move(*extra));
    }
    body_.reserve(question.system.size() + question.input.size() + 256);
    write(ask_usage);
  }
  std::string take() { return std::move(body_); }

 private:
  void write(bool ask_usage);
  void messages();
  void turn(const Turn& turn);
  void assistant(const Turn& turn);
  void sampling();
  void asking(const Asking& asking);
  void reasoning(const Asking& asking);
  void response_format(const std::string& format);

  bool begin(std::string_view name);
  template <class Value>
  void field(std::string_view name, const std::optional<Value>& value, Wish wish);

  const Question& question_;
  const Deployment& deployment_;
  const Profile& profile_;
  const FamilyRules rules_;
  const Wishes wishes_;
  std::optional<json::Document> extra_;
  std::string body_;
  json::Writer out_;
};

/// Whether a member of this name is ours to write: then its key stands.
bool ChatBody::begin(std::string_view name) {
  if (extra_ && extra_->root()[name]) return false;
  out_.key(name);
  return true;
}

template <class Value>
void ChatBody::field(std::string_view name, const std::optional<Value>& value, Wish wish) {
  if (!value || !wishes_.keeps(wish) || (extra_ && extra_->root()[name])) return;
  out_.field(name, *value);
}

void ChatBody::write(bool ask_usage) {
  out_.begin_object();
  if (begin("model")) out_.string(deployment_.model);
  if (begin("messages")) messages();
  sampling();
  if (question_.sampling.asking) asking(*question_.sampling.asking);
  if (question_.stream && begin("stream")) out_.boolean(true);
  if (question_.stream && ask_usage && begin("stream_options"))
    out_.begin_object().field("include_usage", true).end_object();
  if (extra_) {
    for (const auto& [name, value] : extra_->root().members()) out_.key(name).view(value);
  }
  out_.end_object();
}

void ChatBody::messages() {
  out_.begin_array();
  if (!question_.system.empty())
    out_.begin_object().field("role", rules_.system_role).field("content", question_.system).end_object();
  for (const Turn& said : question_.turns) turn(said);
  if (!question_.input.empty() || question_.turns.empty())
    out_.begin_object().field("role", "user").field("content", question_.input).end_object();
  out_.end_array();
}

void ChatBody::turn(const Turn& said) {
  switch (said.role) {
    case Turn::Role::user:
      out_.begin_object().field("role", "user").field("content", said.text).end_object();
      return;
    case Turn::Role::assistant:
      assistant(said);
      return;
    case Turn::Role::tool:
      out_.begin_object().field("role", "tool").field("tool_call_id", said.tool_call_id);
      out_.field("content", said.text).end_object();
      return;
  }
}

/// The vendor's own words are a whole message, or the parts of one.
void ChatBody::assistant(const Turn& said) {
  if (said.verbatim.starts_with('{')) return write_json(out_, said.verbatim);
  out_.begin_object().field("role", "assistant").key("content");
  if (!said.verbatim.empty())
    write_json(out_, said.verbatim);
  else if (said.text.empty() && !said.tool_calls.empty())
    out_.null();
  else
    out_.string(said.text);
  if (!said.tool_calls.empty()) {
    out_.key("tool_calls");
    write_json(out_, said.tool_calls);
  }
  out_.end_object();
}

void ChatBody::sampling() {
  const Sampling& asked = question_.sampling;
  field(profile_.max_tokens_field.empty() ? rules_.max_tokens_field : std::string_view(profile_.max_tokens_field),
        asked.max_tokens, Wish::max_tokens);
  field("temperature", asked.temperature, Wish::temperature);
  field("top_p", asked.top_p, Wish::top_p);
  field(profile_.seed_field, asked.seed, Wish::seed);
  if (wishes_.keeps(Wish::stop) && begin("stop")) {
    out_.begin_array();
    for (const std::string& stop : asked.stop) out_.string(stop);
    out_.end_array();
  }
}

void ChatBody::asking(const Asking& asked) {
  field("top_k", asked.top_k, Wish::top_k);
  field("frequency_penalty", asked.frequency_penalty, Wish::frequency_penalty);
  field("presence_penalty", asked.presence_penalty, Wish::presence_penalty);
  reasoning(asked);
  if (wishes_.keeps(Wish::log_probs) && begin("logprobs")) out_.boolean(true);
  if (wishes_.keeps(Wish::response_format) && begin("response_format")) response_format(asked.response_format);
  if (wishes_.keeps(Wish::tools) && begin("tools")) write_tools(out_, asked.tools, OpenAiApi::chat);
  if (wishes_.keeps(Wish::tool_choice) && begin("tool_choice"))
    write_tool_choice(out_, asked.tool_choice, profile_.required_tool, OpenAiApi::chat);
  field("parallel_tool_calls", asked.parallel_tool_calls, Wish::parallel_tool_calls);
}

void ChatBody::reasoning(const Asking& asked) {
  const std::string_view effort = wishes_.effort();
  const bool counted = wishes_.keeps(Wish::reasoning_tokens) && effort.empty();
  if ((effort.empty() && !counted) || !begin(profile_.reasoning_field)) return;
  if (profile_.reasoning_field == "thinking") {
    out_.begin_object().field("type", effort == "none" ? "disabled" : "enabled").end_object();
  } else if (profile_.reasoning_field == "reasoning") {
    out_.begin_object();
    if (counted)
      out_.field("max_tokens", *asked.reasoning_tokens);
    else
      out_.field("effort", effort);
    out_.end_object();
  } else {
    out_.string(effort);
  }
}

void ChatBody::response_format(const std::string& text) {
  const auto format = json::parse(text);
  const json::View root = format ? format->root() : json::View();
  const bool schema = root["type"].string_or("") == "json_schema";
  out_.begin_object();
  if (!schema || !profile_.json_schema) {
    out_.field("type", schema ? "json_object" : root["type"].string_or("json_object")).end_object();
    return;
  }
  out_.field("type", "json_schema").key("json_schema").begin_object();
  out_.field("name", root["name"].string_or("answer"));
  write_member(out_, root, "strict");
  write_member(out_, root, "schema");
  out_.end_object().end_object();
}

void write_function(json::Writer& out, json::View tool, OpenAiApi api) {
  out.field("name", tool["name"].string_or(""));
  write_member(out, tool, "description");
  write_member(out, tool, "parameters");
  if (tool["strict"] || api == OpenAiApi::chat)
    write_member(out, tool, "strict");
  else
    out.field("strict", false);
}

}  // namespace

std::string chat_body(const Question& question, const Deployment& deployment, bool ask_usage) {
  return ChatBody(question, deployment, ask_usage).take();
}

void write_tools(json::Writer& out, const std::string& tools, OpenAiApi api) {
  const auto document = json::parse(tools);
  out.begin_array();
  if (document) {
    for (json::View tool : document->root().elements()) {
      if (tool["function"].is_object()) tool = tool["function"];
      if (!tool.is_object()) continue;
      out.begin_object().field("type", "function");
      if (api == OpenAiApi::chat) out.key("function").begin_object();
      write_function(out, tool, api);
      if (api == OpenAiApi::chat) out.end_object();
      out.end_object();
    }
  }
  out.end_array();
}

void write_tool_choice(json::Writer& out, const std::string& choice, const std::string& required, OpenAiApi api) {
  if (choice == "auto" || choice == "none") {
    out.string(choice);
  } else if (choice == "required") {
    out.string(required);
  } else if (api == OpenAiApi::responses) {
    out.begin_object().field("type", "function").field("name", choice).end_object();
  } else {
    out.begin_object().field("type", "function").key("function").begin_object().field("name", choice).end_object();
    out.end_object();
  }
}

}  // namespace assay::providers
