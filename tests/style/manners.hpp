#pragma once

#include <string>
#include <string_view>

#include "tests/style/house.hpp"

namespace assay::style {

/// The text without comments and without what stands between quotes, so that only code is searched.
std::string code_only(std::string_view text);

/// Includes of a third-party library outside the room that is its home.
Complaints vendors_away_from_home(const SourceFile& file);

/// Doors to the world (time, chance, threads, environment, files, sockets) opened outside the rims that own them, and
/// what nobody may use at all.
Complaints doors_outside_their_rims(const SourceFile& file);

/// A source file of more than 500 lines.
Complaints too_long(const SourceFile& file);

/// Paths of one particular machine, and hosts of package registries.
Complaints places_that_readers_do_not_have(const SourceFile& file);

/// Download addresses in a lock file of npm.
Complaints download_addresses(const SourceFile& file);

/// A test case that is switched off or expected to fail: Boost.Test counts both as passed.
Complaints cases_that_cannot_fail(const SourceFile& file);

/// The oracle (lib/fake) that shares code with what it checks.
Complaints oracle_that_shares_code(const House& house, const SourceFile& file);

}  // namespace assay::style
