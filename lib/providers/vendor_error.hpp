#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "framing/framing.hpp"
#include "http/message.hpp"
#include "job/failure.hpp"
#include "json/document.hpp"
#include "providers/deployment.hpp"

namespace assay::providers {

/// What a vendor says of its own failure, from whichever shape it chose:
/// {"error":{…}}, {"error":"text"}, {"type":"error","error":{…}}, {"object":"error","message":…}, {"message":…},
/// {"Message":…}, {"__type":…}, {"detail":"text" | […]}, {"errors":[…]}, {"title":…,"status":…}, or one of these as the
/// only element of an array. A gateway that puts the vendor's own JSON into its message is read through it.
struct VendorError {
  bool found = false;
  std::string message;             ///< at most 8 KiB of it
  std::string code, type;          ///< as sent
  std::vector<std::string> finer;  ///< words that say more than the two: of details, of an inner error, of the vendor
                                   ///< behind a gateway
  std::string limits;              ///< Gemini: the ids of the quotas that are spent
  int status = 0;                  ///< a status inside the body (a number, or a code that is one); 0: none
  int inner_status = 0;            ///< what the vendor behind a gateway answered, when its error names it
  std::optional<std::chrono::milliseconds> retry_after;  ///< a wait that the body names as a number
  http::Headers headers;                                 ///< headers of another answer that the body repeats
  bool passed_on = false;                                ///< a gateway tells of the vendor's failure, not of its own
};
VendorError read_vendor_error(json::View root);

/// A failure from an answer that is no completion: an error status, or an error body under 200.
///
/// The kind comes from error_kind(). `x-should-retry` is obeyed: see Failure::told_to_retry; a 429 that must not be
/// repeated is `quota`.
/// may_have_run: a 4xx and a vendor's own error object mean that nothing was billed; timeouts (408, 504, …), an error
/// under 200, errors that only a model at work can make, and a 500 or 502 that no vendor put its name to may have been.
Failure failure_from(const http::Response& response, const VendorError& error, const Deployment& deployment);

/// The same from a body that may be anything: an empty one, a balancer's page, 200,000 brackets.
Failure failure_from(const http::Response& response, const Deployment& deployment);

/// The failure that one event of a stream tells of, under whatever status the stream began; empty when it tells of
/// none. Knows {"error":{…}}, {"error":"text"}, {"type":"error",…},
/// {"type":"response.failed","response":{"error":{…}}},
/// {"x_groq":{"error":…}}, any of them as the only element of an array, and AWS's exceptions (`event.exception`: its
/// name is the code). `root` is event.data parsed; missing when it is no JSON.
/// may_have_run is always true: the model had begun. To be made in Gathering::take(); finish() adds the head.
std::optional<Failure> failure_in_stream(const framing::Event& event, json::View root, const Deployment& deployment);

/// What the answer's head adds to a failure out of its stream: status, the vendor's name of the exchange, and the wait
/// that its headers wish for, where the stream named none.
Failure with_head(Failure failure, const http::Response& head);

}  // namespace assay::providers
