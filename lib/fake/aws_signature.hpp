#pragma once
#include <string>
#include <string_view>

#include "net/http_message.hpp"

namespace assay::fake {

/// What is wrong with the request's AWS signature version 4 for the service "bedrock"; empty: nothing. With an empty
/// `secret` only its form is looked at.
std::string signature_fault(const net::ServerRequest& request, std::string_view secret);

/// Whether the request is signed, well or badly, and by whom.
bool is_signed(const net::ServerRequest& request);
std::string signer_of(const net::ServerRequest& request);

}  // namespace assay::fake
