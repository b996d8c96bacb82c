#pragma once
#include <string>
#include <string_view>

#include "http/message.hpp"
#include "providers/deployment.hpp"

namespace assay {

/// What a request or an answer looks like in a debug log. A header's value is shown only when the header is one that
/// has no business with a secret; any other is there by its name alone. Bodies hold prompts and answers: they are cut at
/// 2 KiB. What looks like a key is taken out of all of it, and of what came `from` a deployment its secrets, also in parts.
std::string shown_headers(const http::Headers& headers, const providers::Deployment& from = {});
std::string shown_headers(const http::Request& request);  ///< its secret headers as well, by name
std::string shown_url(std::string_view url);              ///< without its query
std::string shown_body(std::string_view body, const providers::Deployment& from = {});

}  // namespace assay
