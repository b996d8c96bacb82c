#pragma once
#include <chrono>
#include <optional>
#include <string_view>

#include "http/message.hpp"

namespace assay::providers {

/// A vendor's wish is never taken to be longer than this; what a worker makes of it is the retry policy's matter.
inline constexpr std::chrono::milliseconds longest_retry_after = std::chrono::hours(24);

/// How long the vendor wants us to wait, from the first of these that can be read:
/// 1. `retry-after-ms`, `x-ms-retry-after-ms`: milliseconds, also fractions;
/// 2. `retry-after`: seconds, also fractions, or an HTTP date (one that has passed is 0);
/// 3. `x-ratelimit-reset-requests` and `-tokens`, `x-ratelimit-reset`, `anthropic-ratelimit-…-reset`: durations such as
///    "6m0s", plain seconds, seconds or milliseconds since 1970, RFC 3339 times. Of several the latest among those
///    whose `…-remaining` is 0; when none is 0, the earliest;
/// 4. the message: "try again in 46.72s", "reset after 2m 13s", "retry after 30 seconds".
/// Points in time count from the answer's own `Date`: our clock plays no part, and without a Date they are not read.
/// Rounded up to a millisecond; what is not a number, is negative or makes no sense is passed over.
/// `limited` is true for 429 and its kin: only then do reset headers, which healthy answers carry too, mean a wait.
std::optional<std::chrono::milliseconds> retry_after(const http::Headers& headers, std::string_view message,
                                                     bool limited);

/// "Wed, 21 Oct 2026 07:28:00 GMT" (RFC 9110, the preferred form) as seconds since 1970.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace assay::providers
