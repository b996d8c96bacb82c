#pragma once
#include <string>

#include "postgres/admin.hpp"

namespace assay::cli {

/// What a reader of a job's results must know before trusting them, a line for each fact with how many cells it holds
/// for: another model answered than was asked, wishes were dropped, a seed was not sent, answers ended at their limit.
/// Empty: nothing to say. Takes the view `results`.
std::string warnings_of(const postgres::Table& results);

}  // namespace assay::cli
