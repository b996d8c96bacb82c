#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"
#include "job/ids.hpp"
#include "job/suite.hpp"

namespace assay {

/// What the web app asked for: the part of a job that all its shares have in common.
struct JobTerms {
  JobId job;
  Day day;  ///< the job's enqueue date: the partition of everything it writes
  SuiteId suite;
  std::string tenant;
  std::vector<std::string> models;
  std::int32_t cases = 0;  ///< test cases in the suite; the grid's fastest axis
  std::int32_t repeats = 1;
  std::vector<CellNumber> only;  ///< for a retry: the grid places that the job's cells 0, 1, … stand for; else empty
  Sampling sampling;             ///< the job's own wishes; override the suite's defaults
  std::string sampling_fault{};  ///< why this program cannot read them: no cell is asked then; else empty
  bool capped = false;           ///< max_cost is set: unknown prices are refused
  std::string traceparent;       ///< W3C trace context of the enqueuing request, empty when none
};

/// Where in the grid a cell lies: cell = (repeat × models + model) × cases + test case.
struct GridPlace {
  std::int32_t test_case = 0, model = 0, repeat = 0;
  friend constexpr bool operator==(const GridPlace&, const GridPlace&) = default;
};
GridPlace place_of(const JobTerms& terms, CellNumber cell);

/// A cell that was called before this claim and has no result yet.
struct PriorCalls {
  CellNumber cell;
  std::int32_t calls = 0;    ///< ledger rows so far; the next call's seq is one more
  bool unknown = false;      ///< at least one of them has no known outcome
  std::int32_t counted = 0;  ///< those of them that use up the cell's tries: not the throttled, nor those their worker cut
};

/// The fence of every write: a share and the token under which it is held.
struct LeaseRef {
  ShareId share;
  Token token;
  JobId job;
  Day day;
  friend constexpr auto operator<=>(const LeaseRef&, const LeaseRef&) = default;
};

/// The right to work on a share until its cut-off. Only the holder of the newest token can write for it.
struct Lease {
  ShareId share;
  Token token;
  std::shared_ptr<const JobTerms> terms;
  CellNumber first;
  std::int32_t count = 0;
  std::int32_t crashes = 0;  ///< deaths of holders since the last finished cell
  bool suspect = false;      ///< must run alone in its process (design §4, rescue)
  std::vector<CellNumber> done;    ///< cells that have a result already, ascending; read after the claim took the lock
  std::vector<PriorCalls> prior;   ///< ascending by cell
  Instant claimed;           ///< this process's clock when the claim was sent: the cut-off counts from here

  LeaseRef ref() const { return LeaseRef{share, token, terms->job, terms->day}; }
};

/// The cells of a lease that still need work, in order.
std::vector<CellNumber> open_cells(const Lease& lease);

}  // namespace assay
