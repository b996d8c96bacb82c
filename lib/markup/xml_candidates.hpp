#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace assay::markup {

struct Stretch {
  std::size_t begin = 0, end = 0;
};

/// The stretches of a text that may be XML: runs of neighbouring elements as one, then each element that is in no other
/// such stretch. Found with a stack of tags, which a wrong end tag empties. Work and memory grow with the text.
std::vector<Stretch> xml_candidates(std::string_view text);

}  // namespace assay::markup
