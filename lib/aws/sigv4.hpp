#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "http/message.hpp"

namespace assay::aws {

/// Whose name stands under a request.
struct Credentials {
  std::string key_id;
  Secret key;
  Secret session_token;  ///< of temporary credentials; else empty
};

/// Which headers are signed: `needed` leaves out what a machine on the way may change (user agents, traces).
enum class SignedHeaders { needed, all };

struct Signing {
  Credentials credentials;
  std::string region, service;
  SignedHeaders headers = SignedHeaders::needed;
};

/// Signs a request that is otherwise ready, as AWS's Signature Version 4 says: adds x-amz-date, the session token and
/// Authorization, the latter two as secrets. Signing once more, with a later time, replaces them. Pure.
///
/// The path is signed with each segment of the URL encoded once more, empty and dot segments resolved: right for every
/// service but S3. The URL is sent as it stands, so what must be escaped in a path is escaped by the caller.
void sign(http::Request& request, const Signing& signing, std::chrono::sys_seconds now);

/// The steps, to be looked at one by one. `canonical_request` expects x-amz-date and the token to be set.
std::string canonical_request(const http::Request& request, const Signing& signing);
std::string canonical_path(std::string_view path);    ///< of a URL, as on the wire
std::string canonical_query(std::string_view query);  ///< without the question mark

/// "20150830T123600Z".
std::string amz_date(std::chrono::sys_seconds time);

/// Everything but letters, digits and "-._~" as %XX, upper case: one segment of a path, or a part of a query.
std::string uri_encoded(std::string_view text);

}  // namespace assay::aws
