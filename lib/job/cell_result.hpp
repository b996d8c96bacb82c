#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"
#include "job/completion.hpp"
#include "job/failure.hpp"
#include "job/ids.hpp"
#include "job/verdict.hpp"

namespace assay {

/// What a call is for. Judges and embeddings come later; the ledger's column is there from the first day.
enum class Purpose { answer, judge, embedding };
std::string_view to_string(Purpose purpose);

/// How one call ended, in money: what the ledger learns when the outcome is known.
struct CallEnd {
  CallId id;
  std::optional<Failure::Kind> failure;  ///< empty: it answered
  std::optional<Money> cost;             ///< empty: price unknown
  Usage usage;
  std::string detail;                    ///< the failure's text for people, capped
  int status = 0;
  std::string request_id;
  std::optional<Money> reported_cost{};  ///< what a gateway says it charged; beside our own, never instead of it
};

/// Where a cell's time went, each on the steady clock.
struct CellTimings {
  Duration waited{};     ///< claim reply → first begin
  Duration provider{};   ///< request's first byte → answer's last byte, of the call that answered
  Duration judging{};
  Duration overhead{};   ///< our own: claim read → first byte written, plus last byte read → settle handed over
};

/// The one row a cell ends with.
struct CellResult {
  CellNumber cell;
  std::int32_t seq = 0;               ///< the call that answered; 0 when none did
  Verdict verdict = Verdict::error;
  double score = 0;
  std::optional<Failure::Kind> failure;  ///< set exactly when the verdict is error
  std::string requested_model;
  std::string provider;
  Completion completion;              ///< text is made storable before it gets here
  bool text_escaped = false;          ///< the text held bytes that the database cannot; they are written as escapes
  bool text_truncated = false;
  std::optional<Money> cost;          ///< of the answering call; empty when the price is unknown or nothing answered
  std::optional<Money> reported_cost{};  ///< what a gateway says it charged for it; empty when it states nothing readable
  bool cost_is_reported = false;         ///< we know no price: `cost` is the reported one
  std::vector<std::string> dropped_parameters{};  ///< asked for and not sent, by our names: the model takes none such
  std::optional<bool> seed_honoured{};   ///< empty: no seed was asked for; false: it was not sent
  std::string details;                ///< JSON: the assertions' results and flags, at most 64 KiB
  CellTimings timings;
};

}  // namespace assay
