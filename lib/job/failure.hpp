#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

struct Completion;

/// Why a call gave us no usable completion. The kind says what can be done about it; the same closed list stands in
/// SQL and JSON under the same names.
struct Failure {
  enum class Kind {
    rate_limited, quota, overloaded, unavailable, unreachable, timed_out, auth, permission, model_not_found,
    bad_request, context_too_long, content_filter, malformed, cut_off, cancelled, over_budget, no_candidate,
    outcome_unknown, internal
  };
  /// Who is at fault as far as we can tell: decides whom a person writes to.
  enum class Source { vendor, proxy, worker };

  Kind kind = Kind::internal;
  bool may_have_run = false;                             ///< repeating may be billed twice
  std::optional<std::chrono::milliseconds> retry_after;  ///< the provider's own wish
  Source source = Source::vendor;
  int status = 0;           ///< HTTP status, 0 when there was no answer
  std::string provider;     ///< as configured
  std::string request_id;   ///< the vendor's, to find it on their side
  std::string vendor_code;  ///< error.code or error.type, as sent
  std::string detail;       ///< for people; never a key, never a whole prompt; at most 4 KiB

  /// The vendor's own word on another try (`x-should-retry`); beats the kind. Empty: it gave none.
  std::optional<bool> told_to_retry{};

  /// What had arrived of a streamed answer before it broke: text, tool calls and usage as far as they came. Null: none.
  std::shared_ptr<const Completion> partial{};
};

std::string_view to_string(Failure::Kind kind);
std::optional<Failure::Kind> parse_failure_kind(std::string_view name);
std::string_view to_string(Failure::Source source);

/// Whether the same call may succeed if it is made again: as the vendor said, else one total function over the closed
/// list (design §7).
bool worth_retrying(const Failure& failure);

}  // namespace assay
