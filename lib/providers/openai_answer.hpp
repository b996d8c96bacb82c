#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"
#include "job/completion.hpp"
#include "job/failure.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"
#include "providers/deployment.hpp"

/// Reading chat completions, whole ones and the pieces of streams.
namespace assay::providers {

/// A whole chat completion of any vendor of the format. The first choice counts.
Result<Completion, Failure> read_chat_answer(const http::Response& response, const Deployment& deployment);

FinishReason openai_finish_reason(std::string_view raw);
/// Whether a choice ended by breaking: "error", "insufficient_system_resource", the name of an exception.
bool names_an_error(std::string_view finish_reason);
/// The failure of a choice that broke. `choice` may hold an error object of its own.
Failure broken_choice(json::View choice, const http::Response& response, const Deployment& deployment);
/// The vendor's filter left nothing to judge.
Failure filtered_answer(const Completion& completion, const http::Response& response, const Deployment& deployment);
/// A streamed answer; where the filter left nothing of it, that failure with what came.
Result<Completion, Failure> unless_filtered(Completion streamed, const http::Response& head,
                                            const Deployment& deployment);

/// Appends a message's or a delta's content: a string, or parts of which text is text and thinking is reasoning. False
/// when it is neither, nor null or absent.
bool append_content(json::View content, std::string& text, std::string& reasoning);
/// Appends the thoughts that vendors put beside the content ("reasoning_content", "reasoning").
void append_reasoning(json::View message, std::string& reasoning);
void append_log_probs(json::View choice, std::vector<double>& log_probs);

/// One element of Completion::tool_calls.
void write_tool_call(json::Writer& out, std::string_view id, std::string_view name, std::string_view arguments);
/// A function's arguments as text, also from servers that send them as an object.
std::string arguments_text(json::View arguments);

/// What an answer and every chunk say of themselves: model, tier, fingerprint, host. What is absent leaves all as it
/// was.
void read_identity(json::View root, Completion& completion);
/// Writes the vendor's word for the end: absent is `other`, empty is `stop` (Together). `native` is OpenRouter's note
/// of the host's own word.
void set_finish(Completion& completion, std::optional<std::string_view> raw, std::string_view native);
/// The last touches of a whole answer: what the headers say, and the flags.
void complete(Completion& completion, const http::Headers& headers, std::string_view id, const Deployment& deployment);

}  // namespace assay::providers
