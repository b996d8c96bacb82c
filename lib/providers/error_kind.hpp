#pragma once
#include <array>
#include <span>
#include <string_view>

#include "job/failure.hpp"
#include "providers/vendor_error.hpp"

namespace assay::providers {

/// A code, type or status word that a vendor sends; compared whole and without case.
struct CodeRule {
  std::string_view code;
  Failure::Kind kind;
  int status = 0;    ///< only under this status; 0: under any
  bool ran = false;  ///< only a model at work fails so
};

/// Words that stand in a message, without case. Where they end in a digit, no digit may follow them.
struct WordRule {
  std::string_view words;
  Failure::Kind kind;
  std::array<int, 5> statuses{};  ///< only under these; none: under any. An error without a status fits all
  bool at_start = false;          ///< the message begins with them
};

/// What one vendor, or one kind of server, has to say about its failures. Each table is read from its top.
struct VendorRules {
  std::string_view vendor;
  std::span<const WordRule> insistent;  ///< words that say more than the codes beside them
  std::span<const CodeRule> codes;      ///< codes that say more than any status
  std::span<const WordRule> words;      ///< where no code tells
};

/// All of them. Read together, whoever was asked: behind a gateway anyone may have spoken.
std::span<const VendorRules> vendor_rules();

struct Judged {
  Failure::Kind kind = Failure::Kind::unavailable;
  bool ran = false;             ///< the model had been at work
  bool by_status_only = false;  ///< nothing but the status told
};

/// The kind of an error under a status (0: none, an error inside a success). In this order: insistent words of all
/// vendors, their codes (the finest of the error's first), their words, the status, and codes that only repeat a
/// status. 404 about a path is bad_request, 413 context_too_long, 3xx malformed; 408, 409, 425, 429, 498, 499 and 5xx
/// are worth another try, other 4xx are not (design §7).
Judged error_kind(int status, const VendorError& error);

}  // namespace assay::providers
