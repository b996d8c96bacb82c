#pragma once
#include <cstdint>
#include <string_view>

#include "fake/wording.hpp"

namespace assay::fake {

/// No clock in here: the field is there because clients expect it.
inline constexpr std::int64_t created = 1'700'000'000;

/// The parts of OpenAI's chat format that whole and streamed answers share.
void write_usage_members(json::Writer& out, const Answer& answer);
std::string_view chat_finish(const Answer& answer);
/// The members by which a stand-in of a gateway shows itself: "provider" and its kin.
void write_manner(json::Writer& out, const Answer& answer);
std::string_view chat_error_type(const ErrorAnswer& error);
std::string_view chat_error_message(const ErrorAnswer& error);
std::string chat_error(const ErrorAnswer& error);

/// The events of a chat answer. `filtered`: the first one carries the prompt's filter results, as Azure's do.
std::vector<Piece> chat_stream(const Answer& answer, const std::vector<std::string_view>& texts, bool filtered);
std::string chat_error_event(const ErrorAnswer& error);

/// An answer to a request for embeddings.
std::string embeddings_body(const Answer& answer);

}  // namespace assay::fake
