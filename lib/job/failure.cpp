#include "job/failure.hpp"

#include <array>
#include <utility>

namespace assay {
namespace {

using Kind = Failure::Kind;

constexpr std::array<std::pair<Kind, std::string_view>, 19> names{{
    {Kind::rate_limited, "rate_limited"}, {Kind::quota, "quota"}, {Kind::overloaded, "overloaded"},
    {Kind::unavailable, "unavailable"}, {Kind::unreachable, "unreachable"}, {Kind::timed_out, "timed_out"},
    {Kind::auth, "auth"}, {Kind::permission, "permission"}, {Kind::model_not_found, "model_not_found"},
    {Kind::bad_request, "bad_request"}, {Kind::context_too_long, "context_too_long"},
    {Kind::content_filter, "content_filter"}, {Kind::malformed, "malformed"}, {Kind::cut_off, "cut_off"},
    {Kind::cancelled, "cancelled"}, {Kind::over_budget, "over_budget"}, {Kind::no_candidate, "no_candidate"},
    {Kind::outcome_unknown, "outcome_unknown"}, {Kind::internal, "internal"},
}};

}  // namespace

std::string_view to_string(Kind kind) {
  for (const auto& [known, name] : names) {
    if (known == kind) return name;
  }
  return "internal";
}

std::optional<Kind> parse_failure_kind(std::string_view name) {
  for (const auto& [kind, known] : names) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

std::string_view to_string(Failure::Source source) {
  switch (source) {
    case Failure::Source::vendor: return "vendor";
    case Failure::Source::proxy: return "proxy";
    case Failure::Source::worker: return "worker";
  }
  return "worker";
}

bool worth_retrying(const Failure& failure) {
  if (failure.told_to_retry) return *failure.told_to_retry;
  switch (failure.kind) {
    case Kind::rate_limited:
    case Kind::overloaded:
    case Kind::unavailable:
    case Kind::unreachable:
    case Kind::timed_out:
    case Kind::malformed:
    case Kind::cut_off:
      return true;
    case Kind::quota:
    case Kind::auth:
    case Kind::permission:
    case Kind::model_not_found:
    case Kind::bad_request:
    case Kind::context_too_long:
    case Kind::content_filter:
    case Kind::cancelled:
    case Kind::over_budget:
    case Kind::no_candidate:
    case Kind::outcome_unknown:
    case Kind::internal:
      return false;
  }
  return false;
}

}  // namespace assay
