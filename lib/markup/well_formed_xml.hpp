#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::markup {

/// Why a text is not XML, and at which byte.
struct XmlFault {
  std::string message;
  std::size_t at = 0;
};

/// Nothing when the text is well-formed XML 1.0 with namespaces and has no internal DTD subset, so that no entity can
/// be declared. Never recurses; no file and no network is touched.
std::optional<XmlFault> xml_fault(std::string_view text);

}  // namespace assay::markup
