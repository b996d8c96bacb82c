#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/message.hpp"
#include "json/document.hpp"
#include "providers/deployment.hpp"
#include "providers/dialect.hpp"
#include "providers/question.hpp"

/// What the dialects of this room have in common on the wire.
namespace assay::providers {

/// A POST with the headers every dialect sends: Content-Type, User-Agent, X-Request-ID, traceparent, the deployment's
/// own, and a proxy's: no retries of its own, and our timeout.
http::Request post(const Question& question, const Deployment& deployment, std::string url);
http::Request post(const EmbeddingQuestion& question, const Deployment& deployment, std::string url);
/// A GET with the deployment's headers: for lists of models and for probes.
http::Request get(const Deployment& deployment, std::string url);
/// The answer will come piece by piece: asks for this content type, and for no compression, which would hold pieces
/// back.
void expect_stream(http::Request& request, const char* content_type);

/// The text as one segment of a URL's path: all but letters, digits and "-._~" percent-encoded.
std::string path_segment(std::string_view text);

/// Base URL and path with exactly one slash between them.
std::string joined(std::string_view base_url, std::string_view path);
/// Whether the URL is only scheme and host.
bool has_no_path(std::string_view base_url);

/// The vendor's name for this exchange, from the header it uses for it; else from `fallback` (a field of the body).
std::string request_id(const http::Headers& headers, std::string_view fallback = {});

/// A vendor's short text (a model, a tier, a finish reason): valid UTF-8 without NUL, at most 256 bytes.
std::string short_text(std::string_view text);
std::string short_text(json::View value);  ///< also of a number; empty for all else

/// A token count as sent; empty when absent, null, negative, not whole, or beyond 1e12.
std::optional<std::int64_t> count(json::View value);

/// The first of the two that is there.
std::optional<std::int64_t> either(std::optional<std::int64_t> first, std::optional<std::int64_t> second);

/// A vendor's finish reason by the vendor's own table of them; `other` where it is not there.
template <std::size_t size>
FinishReason read_finish_reason(std::string_view raw,
                                const std::array<std::pair<std::string_view, FinishReason>, size>& reasons) {
  for (const auto& [name, reason] : reasons) {
    if (name == raw) return reason;
  }
  return FinishReason::other;
}

/// The usage object's bytes; empty when they are more than 16 KiB or jsonb could not hold them.
std::string raw_usage(json::View usage);

/// The answer's JSON; leading blank lines and a byte order mark are passed over, bad bytes inside strings are kept.
Result<json::Document, json::ParseError> parse_answer(std::string_view body);

/// A 2xx that holds no completion. The model has probably run.
Failure malformed(const http::Response& response, const Deployment& deployment, std::string_view what);

/// Says what the dialects' decode() has to know before it looks at fields: an answer that is JSON and not an error.
Result<json::Document, Failure> read_answer(const http::Response& response, const Deployment& deployment);

}  // namespace assay::providers
