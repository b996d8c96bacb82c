#pragma once
#include <string>
#include <vector>

#include "postgres/connection.hpp"
#include "queue/job_queue.hpp"

namespace assay::postgres {

/// Writes the intents of a group of calls in one statement. One intent that cannot be stored as it is (a price snapshot
/// that is no JSON, say) is stored by itself without what people only look at, or else ends in an Outage of its own;
/// the others never notice.
class BeginCall {
 public:
  BeginCall(std::string statement, std::string worker) : statement_(std::move(statement)), worker_(std::move(worker)) {}

  std::vector<Result<queue::BeginAnswer, queue::Outage>> operator()(Connection& connection,
                                                                    std::vector<queue::CallIntent>& intents) const;

 private:
  std::string statement_, worker_;
};

}  // namespace assay::postgres
