#include "regex/flags.hpp"

#include <cstddef>

namespace assay::regex {

std::optional<Flags> read_flags(std::string_view letters) {
  for (std::size_t at = 0; at < letters.size(); ++at) {
    if (std::string_view("dgimsuy").find(letters[at]) == std::string_view::npos) return std::nullopt;
    if (letters.find(letters[at], at + 1) != std::string_view::npos) return std::nullopt;
  }
  const auto has = [letters](char letter) { return letters.find(letter) != std::string_view::npos; };
  return Flags{has('i'), has('m'), has('s'), has('u'), has('y')};
}

}  // namespace assay::regex
