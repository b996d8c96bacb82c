#pragma once
#include <cstdint>
#include <string>

#include "http/message.hpp"
#include "job/ids.hpp"

namespace assay::sim {

/// What the simulated models say: a function of the call's cell alone, so that a repeated call gets the same words.
std::string answer_text(const CallId& call);

/// The body of an answer in the dialect that the request was written in.
std::string answer_body(const http::Request& request, const CallId& call, bool empty);

/// The same answer as a stream, whole; and whether a request asks for one.
std::string answer_stream(const http::Request& request, const CallId& call, bool empty);
bool wants_stream(const http::Request& request);

/// The tokens it names and the bill it will send: 1,000 nanos a prompt token, 2,000 an answer token.
std::int64_t prompt_tokens(const CallId& call);
std::int64_t answer_tokens(const CallId& call, bool empty);
std::int64_t bill_nanos(const CallId& call, bool empty);

/// The same prices as the engine's price book reads them.
std::string price_table();

}  // namespace assay::sim
