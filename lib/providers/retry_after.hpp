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
/// 2. `retry-after`: seconds, also fractions, a duration ("1m30s"), or an HTTP date (one that has passed is 0);
/// 3. `in_body`: what the body names as a number (Google's RetryInfo, an estimated time);
/// 4. `x-ratelimit-reset-requests`, `-tokens`, `-project-tokens`, `x-ratelimit-reset`, `anthropic-ratelimit-…-reset`,
///    `anthropic-priority-…-reset`: durations such as "6m0s", plain seconds, seconds or milliseconds since 1970, RFC
///    3339 times. Of several the latest among those whose `…-remaining` is 0; when none is 0, the earliest;
/// 5. the message: "try again in 46.72s", "reset after 2m 13s", "retry after 30 seconds".
/// LiteLLM hands on the vendor's headers as `llm_provider-…`: 1, 2 and 4 are read from them where its own say nothing.
/// Points in time count from the answer's own `Date`: our clock plays no part, and without a Date they are not read.
/// Rounded up to a millisecond; what is not a number, is negative or makes no sense is passed over.
/// `limited` is true for 429 and its kin: only then do reset headers, which healthy answers carry too, mean a wait.
std::optional<std::chrono::milliseconds> retry_after(const http::Headers& headers, std::string_view message,
                                                     bool limited,
                                                     std::optional<std::chrono::milliseconds> in_body = {});

/// Seconds as a number or as its text, rounded up, at most longest_retry_after; empty when they make no sense.
std::optional<std::chrono::milliseconds> seconds_to_wait(double seconds);
std::optional<std::chrono::milliseconds> seconds_to_wait(std::string_view text);

/// "Wed, 21 Oct 2026 07:28:00 GMT" (RFC 9110, the preferred form) as seconds since 1970.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace assay::providers
