#pragma once
#include <cstdint>
#include <string_view>

#include "json/document.hpp"

namespace assay::schema {

/// A format that is checked, with the meaning of ajv-formats ("full"). Each check takes one pass over the text.
struct Format {
  enum class Of : std::uint8_t {
    strings,
    numbers,
    patterns,  ///< "regex": the pattern compiler is asked
    nothing    ///< known, and never wrong ("password")
  };
  enum class Known : std::uint8_t { everywhere, not_to_ajv };

  std::string_view name;
  Of of = Of::strings;
  Known known = Known::everywhere;
  bool (*fits_text)(std::string_view) = nullptr;
  bool (*fits_number)(json::View) = nullptr;
};

/// Null when nobody knows the name. Formats live as long as the program.
const Format* find_format(std::string_view name);

}  // namespace assay::schema
