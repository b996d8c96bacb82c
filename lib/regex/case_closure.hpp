#pragma once
#include "regex/char_set.hpp"

namespace assay::regex {

/// Everything that is the same as a member of the set when case is ignored: units without the u flag, characters with
/// it. A set that is closed needs no flag in any engine.
CharSet case_closure(const CharSet& set, bool unicode);

/// What has other cases than those of ASCII's letters. An engine that folds ASCII alone compares texts without these as
/// JavaScript does.
const CharSet& folded_beyond_ascii(bool unicode);

}  // namespace assay::regex
