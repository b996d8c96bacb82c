#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"
#include "job/completion.hpp"
#include "job/suite.hpp"
#include "pricing/price.hpp"
#include "providers/question.hpp"
#include "routing/retry_policy.hpp"

namespace assay::client {

/// What a client lives by.
struct Settings {
  Settings() { retry.calls = 3; }
  routing::RetryLimits retry;                ///< `calls` is how often one question may be asked in all
  OnUnknown on_unknown = OnUnknown::repeat;  ///< whether a call that may have been billed is made again
  Duration call_timeout = std::chrono::seconds(120);
  Duration patience = std::chrono::minutes(10);  ///< for all calls of a question and the waits between them
  Day today;                                     ///< prices have dates
  std::string embedding_model;                   ///< what embed() asks when no model is named; empty: it must be named
};

/// Where a question went.
struct Place {
  std::string provider;  ///< as configured
  std::string model;     ///< as the provider names it
  std::string rule;      ///< why, for people: "prefix claude-"
};

/// An answer, streamed or not: the same text, usage and cost either way.
struct Answer {
  Completion completion;      ///< usage.source says whether the provider counted, or we estimated
  std::optional<Money> cost;  ///< empty: no price is known, which is not zero
  bool assumed_rate = false;  ///< the price list lacked a rate that was needed (pricing::Rating)
  Place place;
  std::vector<std::string> dropped{};  ///< what was asked and not sent, by our names
  std::int32_t calls = 1;              ///< how often the provider was asked
  Duration took{};                     ///< the answering call, its first byte out to the last byte in
};

/// Vectors for texts, in their order.
struct Vectors {
  std::vector<std::vector<float>> vectors;
  Usage usage;
  std::optional<Money> cost;  ///< empty: unknown
  Place place;
  std::int32_t calls = 0;
};

/// What is known of a model without asking anybody.
struct ModelInfo {
  Place place;
  std::optional<pricing::Price> price;
  std::optional<std::int64_t> context_tokens, max_output_tokens;
};

}  // namespace assay::client
