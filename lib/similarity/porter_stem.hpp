#pragma once
#include <string>
#include <string_view>

namespace assay::similarity {

/// The stem of a lower-case English word (M. F. Porter, "An algorithm for suffix stripping", 1980, with the author's
/// two later changes: -bli becomes -ble, -logi becomes -log). Words of up to two letters stay as they are; letters
/// beyond a to z count as consonants.
std::string porter_stem(std::string_view word);

}  // namespace assay::similarity
