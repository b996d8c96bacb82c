#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::similarity {

/// The items of an answer that is a list, in whichever way it was written:
/// a JSON array (texts as they are, other values as compact JSON); else, of several lines, each that is not blank,
/// trimmed and without its bullet or number ("- ", "* ", "• ", "3. ", "3) "); else the fields of a comma list.
std::vector<std::string> list_items(std::string_view text);

/// How two lists agree as sets: the same item twice counts once, order does not count, texts must be equal.
struct Overlap {
  double precision = 0;  ///< of what was found, the share that was wanted
  double recall = 0;     ///< of what was wanted, the share that was found
  double f1 = 0;
  double jaccard = 0;  ///< common items of all items
};

/// Two empty lists agree wholly; an empty one with another not at all. Time grows as n log n.
Overlap list_overlap(std::span<const std::string> found, std::span<const std::string> wanted);

}  // namespace assay::similarity
