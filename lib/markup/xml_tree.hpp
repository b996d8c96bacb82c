#pragma once
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace assay::markup {

/// XML read with much forbearance, for asking whether paths exist: end tags close whatever is open, what is left open
/// is closed at the end, entities are not looked at. The text must outlive the tree.
class XmlTree {
 public:
  struct Element {
    std::string_view name;
    std::vector<std::string_view> attributes;
    std::vector<std::size_t> children;  ///< places in elements_, in order
    bool has_text = false;              ///< text other than white space, or a CDATA section that is not empty
  };

  /// The error says what cannot be read even so: a tag, comment or section without its end, more than 101 open
  /// elements, two document types, a reserved name.
  static Result<XmlTree, std::string> parse(std::string_view text);

  /// Whether a dotted path exists, from the root on: names, "@_name" for attributes, "#text"; a number picks one of
  /// several elements of the same name.
  bool has(std::string_view path) const;

 private:
  friend class XmlTreeReader;
  bool resolve(const std::vector<std::string_view>& keys) const;
  std::deque<Element> elements_;  ///< the first is the document
};

/// How deep elements may nest: the same bound as the parser whose answers these are.
inline constexpr std::size_t max_open_elements = 101;

}  // namespace assay::markup
