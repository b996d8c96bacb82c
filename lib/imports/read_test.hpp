#pragma once
#include <optional>
#include <vector>

#include "imports/files.hpp"
#include "imports/report.hpp"
#include "imports/test.hpp"

namespace assay::imports {

/// What a test stands for: some keys mean something in one place only.
enum class TestRole { test, defaults, row };

/// Reads one of promptfoo's tests. What is wrong is reported; the test is then not to be used.
Test read_test(const yaml::Node& node, TestRole role, Files& files, Report& report);

/// Checks an assertion or a set of them and brings it into the suite's form; values in files are read. Empty when it
/// is wrong.
std::optional<yaml::Node> read_assertion(const yaml::Node& node, Files& files, Report& report);

std::vector<yaml::Node> read_assertions(const yaml::Node& list, Files& files, Report& report);

/// The value of a var, its file read.
yaml::Node read_var(const yaml::Node& node, Files& files, Report& report);

}  // namespace assay::imports
