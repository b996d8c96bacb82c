#pragma once
#include "base/result.hpp"
#include "config/settings.hpp"
#include "http/message.hpp"

namespace assay {

/// Sends one request and waits for its answer, on a loop of its own; blocks. For commands, not for workers. Any status
/// is a Response; the limits are those of the settings (timeouts.total, timeouts.connect). SIGINT ends the process as
/// anywhere.
Result<http::Response, http::Failure> ask_once(const config::Settings& settings, const http::Request& request);

}  // namespace assay
