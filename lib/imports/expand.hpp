#pragma once
#include <cstdint>
#include <functional>

#include "imports/test.hpp"

namespace assay::imports {

/// How many cases a test becomes: the product of its lists of vars, times its repeats. Saturates at 2^63.
std::uint64_t count_cases(const Test& test, std::uint64_t usual_repeats);

/// One case after another: for each repeat, each choice of one value from each list of vars, the last list turning
/// fastest. A list whose first value is no text is one value. `number` counts from 0 in a repeat.
void expand(const Test& test, std::uint64_t usual_repeats,
            const std::function<bool(const Members& vars, std::uint64_t number, std::uint64_t repeat)>& each);

/// The choices in one repeat.
std::uint64_t count_choices(const Test& test);
std::uint64_t count_repeats(const Test& test, std::uint64_t usual_repeats);

}  // namespace assay::imports
