#pragma once
#include <optional>
#include <string_view>

#include "framing/framing.hpp"
#include "http/message.hpp"
#include "job/failure.hpp"
#include "json/document.hpp"
#include "providers/deployment.hpp"

namespace assay::providers {

/// What a vendor says of its own failure, from whichever shape it chose:
/// {"error":{…}}, {"error":"text"}, {"type":"error","error":{…}}, {"object":"error","message":…}, {"message":…},
/// {"detail":"text" | […]}, {"errors":[…]}, or one of these as the only element of an array.
/// Views into the answer's document.
struct VendorError {
  bool found = false;
  std::string_view message, code, type;
  std::string_view detail_code;  ///< error.details.error_code, Anthropic's finer word
  int status = 0;                ///< a status inside the body (a number, or a code that is one); 0: none
};
VendorError read_vendor_error(json::View root);

/// A failure from an answer that is no completion: an error status, or an error body under 200.
///
/// The kind comes from the status, then from code and type, then from details, and from words only where nothing else
/// tells (context length, content filter, money). 413 is context_too_long, 5xx retryable, 3xx malformed.
/// may_have_run: a 4xx and a vendor's own error object mean that nothing was billed; timeouts (408, 504, …), an error
/// under 200, and a 500 or 502 that no vendor put its name to may have been.
Failure failure_from(const http::Response& response, const VendorError& error, const Deployment& deployment);

/// The same from a body that may be anything: an empty one, a balancer's page, 200,000 brackets.
Failure failure_from(const http::Response& response, const Deployment& deployment);

/// The failure that one event of a stream tells of, under whatever status the stream began; empty when it tells of none.
/// Knows {"error":{…}}, {"error":"text"}, {"type":"error",…}, {"type":"response.failed","response":{"error":{…}}},
/// {"x_groq":{"error":…}}, any of them as the only element of an array, and AWS's exceptions (`event.exception`: its
/// name is the code). `root` is event.data parsed; missing when it is no JSON.
/// may_have_run is always true: the model had begun. To be made in Gathering::take(); finish() adds the head.
std::optional<Failure> failure_in_stream(const framing::Event& event, json::View root, const Deployment& deployment);

/// What the answer's head adds to a failure out of its stream: status, the vendor's name of the exchange, and the wait
/// that its headers wish for, where the stream named none.
Failure with_head(Failure failure, const http::Response& head);

}  // namespace assay::providers
