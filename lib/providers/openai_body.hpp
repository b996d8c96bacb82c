#pragma once
#include <string>

#include "json/writer.hpp"
#include "providers/deployment.hpp"
#include "providers/openai_wishes.hpp"
#include "providers/question.hpp"

/// Bodies of requests in OpenAI's formats.
namespace assay::providers {

/// The body of a chat completion. The deployment's profile decides the names of fields and may add members of its own.
/// `ask_usage`: a stream is asked to end with its usage.
std::string chat_body(const Question& question, const Deployment& deployment, bool ask_usage);

/// Our list of tools as one of OpenAI's: [{"type":"function","function":{…}}], or flat for /responses, where `strict`
/// is always said because it is true there unless denied. Tools already in the chat format pass. What is no list of
/// objects becomes [].
void write_tools(json::Writer& out, const std::string& tools, OpenAiApi api);

/// auto, none, `required`, or one tool by its name.
void write_tool_choice(json::Writer& out, const std::string& choice, const std::string& required, OpenAiApi api);

}  // namespace assay::providers
