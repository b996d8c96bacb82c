#include "markup/xml_tree.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "markup/space.hpp"
#include "text/javascript_text.hpp"

namespace assay::markup {
namespace {

using Keys = std::vector<std::string_view>;
constexpr std::size_t npos = std::string_view::npos;

bool is_reserved(std::string_view name) {
  return name == "__proto__" || name == "constructor" || name == "prototype" || name == "#text";
}

/// Where a tag's content ends: the first `end` outside quotes, or npos.
std::size_t end_of_tag(std::string_view text, std::size_t at, std::string_view end) {
  for (; at < text.size(); ++at) {
    if (text[at] == '"' || text[at] == '\'') {
      at = text.find(text[at], at + 1);
      if (at == npos) return npos;
    } else if (text.substr(at, end.size()) == end) {
      return at;
    }
  }
  return npos;
}

/// The attribute names in what follows a tag's name; quoted values are skipped.
Keys attribute_names(std::string_view text) {
  Keys names;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '=') {
      ++at;
      continue;
    }
    if (const std::size_t space = space_at(text, at)) {
      at += space;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && text[at] != '=' && space_at(text, at) == 0) ++at;
    names.push_back(text.substr(begin, at - begin));
    const std::size_t equals = past_spaces(text, at);
    if (equals == text.size() || text[equals] != '=') continue;
    const std::size_t quote = past_spaces(text, equals + 1);
    if (quote == text.size() || (text[quote] != '"' && text[quote] != '\'')) continue;
    const std::size_t close = text.find(text[quote], quote + 1);
    if (close != npos) at = close + 1;
  }
  return names;
}

struct Tag {
  std::string_view name, rest;  ///< without white space between them `rest` is the name again
  std::size_t end = 0;
};

/// A tag's name and what follows it, from behind its "<" on.
std::optional<Tag> read_tag(std::string_view text, std::size_t at, std::string_view end) {
  const std::size_t close = end_of_tag(text, at, end);
  if (close == npos) return std::nullopt;
  const std::string_view content = text.substr(at, close - at);
  std::size_t name_end = 0;
  while (name_end < content.size() && space_at(content, name_end) == 0) ++name_end;
  const std::string_view name = content.substr(0, name_end);
  return Tag{name, name_end == content.size() ? name : content.substr(past_spaces(content, name_end)), close};
}

}  // namespace

class XmlTreeReader {
 public:
  explicit XmlTreeReader(std::string_view text) : text_(text) {
    tree_.elements_.emplace_back();
    open_.push_back(0);
  }

  Result<XmlTree, std::string> run() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t mark = std::min(text_.find('<', at), text_.size());
      if (!text::trim(text_.substr(at, mark - at)).empty()) text_pending_ = true;
      if (mark == text_.size()) break;
      const auto next = markup(mark);
      if (!next) return failure(next.error());
      at = *next;
    }
    return std::move(tree_);
  }

 private:
  using Next = Result<std::size_t, std::string>;

  XmlTree::Element& current() { return tree_.elements_[open_.back()]; }

  void keep_text() {
    if (text_pending_) current().has_text = true;
    text_pending_ = false;
  }

  Next after(std::string_view end, std::size_t from, const char* what) {
    const std::size_t found = text_.find(end, from);
    if (found == npos) return failure(std::string(what) + " is not closed");
    return found + end.size();
  }

  Next markup(std::size_t at) {
    const std::string_view rest = text_.substr(at);
    if (rest.starts_with("</")) return end_tag(at);
    if (rest.starts_with("<?")) return instruction(at);
    if (rest.starts_with("<!--")) return after("-->", at + 4, "a comment");
    if (rest.starts_with("<!D")) return document_type(at);
    if (rest.starts_with("<![")) return section(at);
    return start_tag(at);
  }

  Next end_tag(std::size_t at) {
    const auto end = after(">", at, "an end tag");
    if (!end) return end;
    const std::string_view name = text::trim(text_.substr(at + 2, *end - 1 - (at + 2)));
    if (is_reserved(name) && name != "#text") return failure("a reserved name: " + std::string(name));
    keep_text();
    if (open_.size() > 1) open_.pop_back();
    return end;
  }

  std::size_t add_child(std::string_view name) {
    const std::size_t child = tree_.elements_.size();
    current().children.push_back(child);
    tree_.elements_.emplace_back().name = name;
    return child;
  }

  Next instruction(std::size_t at) {
    const auto tag = read_tag(text_, at + 1, "?>");
    if (!tag) return failure("a processing instruction is not closed");
    keep_text();
    const std::size_t child = add_child(tag->name);
    if (tag->rest != tag->name) tree_.elements_[child].attributes = attribute_names(tag->rest);
    return tag->end + 2;
  }

  Next document_type(std::size_t at) {
    if (has_type_) return failure("a second document type");
    has_type_ = true;
    if (text_.substr(at + 3, 6) != "OCTYPE") return failure("a declaration that is no document type");
    const std::size_t end = end_of_tag(text_, at + 9, ">");
    if (end == npos) return failure("a document type is not closed");
    const std::string_view content = text_.substr(at + 9, end - at - 9);
    if (content.find('[') != npos || content.find('<') != npos) return failure("a document type with a body");
    return end + 1;
  }

  Next section(std::size_t at) {
    const auto end = after("]]>", at, "a section");
    if (!end) return end;
    keep_text();
    if (*end - 3 > at + 9) current().has_text = true;
    return end;
  }

  Next start_tag(std::size_t at) {
    const auto tag = read_tag(text_, at + 1, ">");
    if (!tag) return failure("a tag is not closed");
    if (is_reserved(tag->name)) return failure("a reserved name: " + std::string(tag->name));
    if (open_.size() > 1) keep_text();
    text_pending_ = false;
    std::string_view name = tag->name, rest = tag->rest;
    const bool empty = rest.ends_with('/');
    if (empty && name.ends_with('/')) {
      name.remove_suffix(1);
      rest = name;
    } else if (empty) {
      rest.remove_suffix(1);
    }
    if (is_reserved(name) && name != "#text") return failure("a reserved name: " + std::string(name));
    const std::size_t child = add_child(name);
    if (rest != name) tree_.elements_[child].attributes = attribute_names(rest);
    if (!empty && open_.size() > max_open_elements) return failure("more than 101 elements are open at once");
    if (!empty) open_.push_back(child);
    return tag->end + 1;
  }

  std::string_view text_;
  XmlTree tree_;
  std::vector<std::size_t> open_;
  bool text_pending_ = false, has_type_ = false;
};

Result<XmlTree, std::string> XmlTree::parse(std::string_view text) {
  return XmlTreeReader(text).run();
}

bool XmlTree::has(std::string_view path) const {
  Keys keys;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t dot = std::min(path.find('.', at), path.size());
    keys.push_back(path.substr(at, dot - at));
    at = dot + 1;
  }
  return resolve(keys);
}

namespace {

/// A number as JavaScript would write it: "0", "12", not "01".
std::optional<std::size_t> place(std::string_view key) {
  if (key.empty() || key.size() > 9 || (key[0] == '0' && key.size() > 1)) return std::nullopt;
  std::size_t number = 0;
  for (const char c : key) {
    if (!is_digit(c)) return std::nullopt;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return number;
}

/// An element with text alone is a text, not a thing that has one.
bool holds_key(const XmlTree::Element& element, std::string_view key) {
  const bool is_text = element.attributes.empty() && element.children.empty() && !element.name.empty();
  if (key == "#text") return element.has_text && !is_text;
  if (!key.starts_with("@_")) return false;
  const auto& names = element.attributes;
  return std::find(names.begin(), names.end(), key.substr(2)) != names.end();
}

}  // namespace

bool XmlTree::resolve(const Keys& keys) const {
  const Element* element = &elements_.front();
  for (std::size_t at = 0; at < keys.size(); ++at) {
    if (holds_key(*element, keys[at])) return at + 1 == keys.size();
    std::vector<const Element*> named;
    for (const std::size_t child : element->children) {
      if (elements_[child].name == keys[at]) named.push_back(&elements_[child]);
    }
    if (named.empty()) return false;
    element = named.front();
    if (at + 1 == keys.size() || named.size() == 1) continue;
    const auto chosen = place(keys[++at]);
    if (!chosen || *chosen >= named.size()) return false;
    element = named[*chosen];
  }
  return true;
}

}  // namespace assay::markup
