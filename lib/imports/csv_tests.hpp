#pragma once
#include <vector>

#include "imports/csv.hpp"
#include "imports/files.hpp"
#include "imports/test.hpp"

namespace assay::imports {

/// The tests of a table, one a row: columns are vars, except those that begin with two underscores.
std::vector<Test> tests_of(const Table& table, Files& files, Report& report);

}  // namespace assay::imports
