#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace assay::schema {

/// A reference seen from a base (RFC 3986, section 5.2, strict), fragment included. Both may be relative: a base of
/// "" leaves the reference as it is, but for its dots.
std::string resolve_uri(std::string_view base, std::string_view reference);

struct SplitUri {
  std::string_view document, fragment;  ///< without the '#'
};
SplitUri split_fragment(std::string_view uri);

/// %41 to A; empty when a % is not followed by two hex digits.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace assay::schema
