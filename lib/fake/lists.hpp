#pragma once
#include <optional>

#include "fake/script.hpp"
#include "net/http_message.hpp"

namespace assay::fake {

/// The answer to a question that costs nothing: what models there are, whether the server is well. Empty: it is none.
std::optional<net::ServerResponse> list_for(const net::ServerRequest& request, const Script& script);

}  // namespace assay::fake
