#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "postgres/binary_array.hpp"
#include "queue/job_queue.hpp"

namespace assay::postgres {

/// What Statements::settle takes: the worker, then the arrays of results, ended calls and closed shares.
struct SettleParameters {
  Parameters parameters;
  std::uint64_t escaped = 0;  ///< answers whose text the database cannot hold as it is: sent escaped, with their flag
};

SettleParameters settle_parameters(const std::string& worker, std::span<const queue::SealedSettlement> settlements);

/// About how many bytes a settlement takes in a statement.
std::size_t size_of(const queue::Settlement& settlement);

}  // namespace assay::postgres
