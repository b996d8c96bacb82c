#include "providers/error_kind.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace assay::providers {
namespace {

using Kind = Failure::Kind;

/// Codes that only repeat what a status says: read where the status says nothing.
constexpr std::array general{
    CodeRule{"invalid_request_error", Kind::bad_request},
    CodeRule{"invalid_argument", Kind::bad_request},
    CodeRule{"badrequesterror", Kind::bad_request},
    CodeRule{"validation_error", Kind::bad_request},
    CodeRule{"validationexception", Kind::bad_request},
    CodeRule{"authentication_error", Kind::auth},
    CodeRule{"unauthenticated", Kind::auth},
    CodeRule{"permission_error", Kind::permission},
    CodeRule{"permission_denied", Kind::permission},
    CodeRule{"not_found_error", Kind::model_not_found},
    CodeRule{"not_found", Kind::model_not_found},
    CodeRule{"rate_limit_error", Kind::rate_limited},
    CodeRule{"rate_limit_exceeded", Kind::rate_limited},
    CodeRule{"rate_limited", Kind::rate_limited},
    CodeRule{"throttling_error", Kind::rate_limited},
    CodeRule{"too_many_requests", Kind::rate_limited},
    CodeRule{"resource_exhausted", Kind::rate_limited},
    CodeRule{"overloaded", Kind::overloaded},
    CodeRule{"unavailable", Kind::overloaded},
    CodeRule{"service_unavailable", Kind::overloaded},
    CodeRule{"deadline_exceeded", Kind::timed_out},
    CodeRule{"timeout", Kind::timed_out},
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool digit(char c) {
  return c >= '0' && c <= '9';
}

std::string lowered(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), lower);
  return small;
}

bool same(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

bool stands_in(const std::string& text, const WordRule& rule) {
  if (rule.at_start) return text.starts_with(rule.words);
  for (std::size_t at = text.find(rule.words); at != std::string::npos; at = text.find(rule.words, at + 1)) {
    const std::string_view rest = std::string_view(text).substr(at + rule.words.size());
    const bool number_goes_on =
        !rest.empty() && (digit(rest[0]) || (rest.size() > 1 && rest[0] == '.' && digit(rest[1])));
    if (!digit(rule.words.back()) || !number_goes_on) return true;
  }
  return false;
}

bool under(int status, const WordRule& rule) {
  return status == 0 || rule.statuses[0] == 0 ||
         std::find(rule.statuses.begin(), rule.statuses.end(), status) != rule.statuses.end();
}

using Words = std::span<const WordRule> VendorRules::*;

std::optional<Judged> by_words(Words which, int status, const std::string& text) {
  for (const VendorRules& vendor : vendor_rules()) {
    for (const WordRule& rule : vendor.*which) {
      if (under(status, rule) && stands_in(text, rule)) return Judged{rule.kind, false, false};
    }
  }
  return std::nullopt;
}

std::optional<Judged> by_code(std::span<const CodeRule> rules, int status, std::string_view code) {
  for (const CodeRule& rule : rules) {
    if ((rule.status == 0 || rule.status == status) && same(rule.code, code)) return Judged{rule.kind, rule.ran, false};
  }
  return std::nullopt;
}

std::vector<std::string_view> codes_of(const VendorError& error) {
  std::vector<std::string_view> codes(error.finer.begin(), error.finer.end());
  codes.push_back(error.code);
  codes.push_back(error.type);
  return codes;
}

std::optional<Judged> by_codes(int status, const VendorError& error) {
  for (const std::string_view code : codes_of(error)) {
    if (code.empty()) continue;
    for (const VendorRules& vendor : vendor_rules()) {
      if (const auto judged = by_code(vendor.codes, status, code)) return judged;
    }
  }
  return std::nullopt;
}

std::optional<Judged> by_general_codes(const VendorError& error) {
  for (const std::string_view code : codes_of(error)) {
    if (const auto judged = by_code(general, 0, code)) return judged;
  }
  return std::nullopt;
}

/// Nothing for a status that says nothing: a success with an error inside.
std::optional<Kind> by_status(int status) {
  switch (status) {
    case 0:
      return std::nullopt;
    case 401:
      return Kind::auth;
    case 402:
      return Kind::quota;
    case 403:
    case 451:
      return Kind::permission;
    case 404:
      return Kind::model_not_found;
    case 408:
    case 504:
    case 522:
    case 524:
      return Kind::timed_out;
    case 409:
    case 425:
    case 499:
      return Kind::unavailable;
    case 413:
      return Kind::context_too_long;
    case 429:
      return Kind::rate_limited;
    case 498:
    case 503:
    case 529:
      return Kind::overloaded;
    default:
      break;
  }
  if (status >= 500) return Kind::unavailable;
  return status >= 400 ? Kind::bad_request : Kind::malformed;
}

/// A 404 that is about the path and not about the model: no vendor says "Not Found" and nothing else of a model.
bool wrong_path(const VendorError& error, const std::string& text) {
  return !error.found || text == "not found" || text == "resource not found" || text.starts_with("invalid url") ||
         same(error.code, "unknown_url");
}

}  // namespace

Judged error_kind(int status, const VendorError& error) {
  const std::string text = lowered(error.message + (error.limits.empty() ? "" : "\n" + error.limits));
  if (status == 404 && wrong_path(error, text)) return {Kind::bad_request, false, false};
  if (const auto judged = by_words(&VendorRules::insistent, status, text)) return *judged;
  if (const auto judged = by_codes(status, error)) return *judged;
  if (const auto judged = by_words(&VendorRules::words, status, text)) return *judged;
  if (const auto kind = by_status(status)) return {*kind, false, true};
  if (const auto judged = by_general_codes(error)) return *judged;
  return {Kind::unavailable, false, true};
}

}  // namespace assay::providers
