#include "markup/html_tree.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <memory>
#include <vector>

#include "markup/space.hpp"
#include "text/javascript_text.hpp"

namespace assay::markup {
namespace {

/// Memory for one parse, given back as a whole: freeing the tree node by node would recurse as deep as the document.
/// When the bound is met, the parse is left by a jump; between here and there stand only C frames without cleanups.
class Arena {
 public:
  std::jmp_buf full;

  void* allocate(std::size_t bytes) {
    constexpr std::size_t kAlign = alignof(std::max_align_t), kMost = std::size_t{128} << 20;
    const std::size_t size = (bytes + kAlign - 1) / kAlign * kAlign;
    used_ += size;
    if (used_ > kMost) std::longjmp(full, 1);
    if (size > left_) grow(size);
    unsigned char* const begin = next_;
    next_ += size;
    left_ -= size;
    return begin;
  }

 private:
  void grow(std::size_t size) {
    left_ = std::max<std::size_t>(size, std::size_t{256} << 10);
    blocks_.push_back(std::make_unique<unsigned char[]>(left_));
    next_ = blocks_.back().get();
  }

  std::vector<std::unique_ptr<unsigned char[]>> blocks_;
  unsigned char* next_ = nullptr;
  std::size_t left_ = 0, used_ = 0;
};

void* allocate(void* arena, std::size_t bytes) {
  return static_cast<Arena*>(arena)->allocate(bytes);
}
void keep(void*, void*) {}

/// The parsed document, or null when the arena is full. No object with a destructor may live in this frame.
GumboOutput* parse(Arena& arena, const GumboOptions& options, std::string_view text) {
  if (setjmp(arena.full) != 0) return nullptr;
  return gumbo_parse_with_options(&options, text.data(), text.size());
}

constexpr auto kElements = [] {
  std::array names = std::to_array<std::string_view>(
      {"title",   "base",     "link",       "meta",       "style",    "article",  "section",  "nav",    "aside",
       "h1",      "h2",       "h3",         "h4",         "h5",       "h6",       "header",   "footer", "address",
       "p",       "hr",       "pre",        "blockquote", "ol",       "ul",       "li",       "dl",     "dt",
       "dd",      "figure",   "figcaption", "main",       "div",      "a",        "em",       "strong", "small",
       "s",       "cite",     "q",          "dfn",        "abbr",     "ruby",     "rt",       "rp",     "data",
       "time",    "code",     "var",        "samp",       "kbd",      "sub",      "sup",      "i",      "b",
       "u",       "mark",     "bdi",        "bdo",        "span",     "br",       "wbr",      "img",    "iframe",
       "embed",   "object",   "param",      "picture",    "source",   "video",    "audio",    "track",  "map",
       "area",    "svg",      "math",       "script",     "noscript", "canvas",   "ins",      "del",    "table",
       "caption", "colgroup", "col",        "tbody",      "thead",    "tfoot",    "tr",       "td",     "th",
       "form",    "label",    "input",      "button",     "select",   "datalist", "optgroup", "option", "textarea",
       "output",  "progress", "meter",      "fieldset",   "legend",   "details",  "summary",  "dialog", "menu",
       "slot",    "template"});
  std::sort(names.begin(), names.end());
  return names;
}();

/// The parser takes noscript for a browser's without scripts, and misplaces text that stands directly before </form>.
/// noscript becomes another element whose content is text, in a spelling by which it is known again; an empty comment
/// goes before </form>. isindex, of which it makes a form, is no element any more.
constexpr std::string_view kNoscript = "nOfRaMeS", kEmptyComment = "<?>", kUnknown = "unknown";

bool is_tag(std::string_view text, std::size_t at, std::string_view name) {
  if (at + name.size() >= text.size()) return false;
  const char next = text[at + name.size()];
  if (next != '>' && next != '/' && space_at(text, at + name.size()) == 0) return false;
  return std::equal(name.begin(), name.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char want, char have) { return want == lower(have); });
}

std::string prepared(std::string_view text) {
  std::string copy;
  copy.reserve(text.size());
  std::size_t copied = 0;
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    const std::size_t name = at + 1 < text.size() && text[at + 1] == '/' ? at + 2 : at + 1;
    if (name == at + 2 && is_tag(text, name, "form")) {
      copy.append(text.substr(copied, at - copied)).append(kEmptyComment);
      copied = at;
    } else if (is_tag(text, name, "isindex")) {
      copy.append(text.substr(copied, name - copied)).append(kUnknown);
      copied = name + kUnknown.size();
    } else if (is_tag(text, name, "noscript")) {
      copy.append(text.substr(copied, name - copied)).append(kNoscript);
      copied = name + kNoscript.size();
    }
  }
  return copy.append(text.substr(std::min(copied, text.size())));
}

/// A tag's name as its author wrote it. The parser counts an empty end tag before it in.
std::string_view written_name(const GumboElement& element) {
  if (element.original_tag.data == nullptr) return {};
  std::string_view tag(element.original_tag.data, element.original_tag.length);
  while (tag.starts_with("</>")) tag.remove_prefix(3);
  tag.remove_prefix(std::min<std::size_t>(1, tag.size()));
  return tag.substr(0, tag.find_first_of(" \t\n\f\r/>"));
}

std::string name_of(const GumboElement& element) {
  std::string name(written_name(element));
  if (element.tag == GUMBO_TAG_NOFRAMES && name == kNoscript) return "noscript";
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  std::transform(name.begin(), name.end(), name.begin(), lower);
  return name;
}

bool is_written(const GumboElement& element) {
  return element.original_tag.data != nullptr && element.original_tag.length > 0;
}

bool holds_text(const GumboElement& body) {
  for (unsigned at = 0; at < body.children.length; ++at) {
    const auto* node = static_cast<const GumboNode*>(body.children.data[at]);
    if (node->type != GUMBO_NODE_TEXT && node->type != GUMBO_NODE_CDATA) continue;
    if (!text::trim(node->v.text.text).empty()) return true;
  }
  return false;
}

void look_at(HtmlFacts& facts, const GumboElement& element, bool& seen_body) {
  if (element.tag == GUMBO_TAG_HTML)
    facts.html_written = facts.html_written || is_written(element);
  else if (element.tag == GUMBO_TAG_HEAD)
    facts.head_written = facts.head_written || is_written(element);
  else if (element.tag == GUMBO_TAG_BODY && !seen_body) {
    seen_body = true;
    facts.body_written = is_written(element);
    facts.text_in_body = holds_text(element);
  } else if (!facts.known_element && element.tag != GUMBO_TAG_BODY) {
    const std::string name = name_of(element);
    facts.known_element =
        std::binary_search(kElements.begin(), kElements.end(), name) || name.find('-') != std::string::npos;
  }
}

HtmlFacts facts_of(const GumboNode* document) {
  HtmlFacts facts;
  bool seen_body = false;
  std::vector<const GumboNode*> pending = {document};
  while (!pending.empty()) {
    const GumboNode* node = pending.back();
    pending.pop_back();
    const GumboVector* children = &node->v.document.children;
    if (node->type != GUMBO_NODE_DOCUMENT) {
      if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) continue;
      look_at(facts, node->v.element, seen_body);
      if (node->type == GUMBO_NODE_TEMPLATE) continue;  // what is inside is no part of the document
      children = &node->v.element.children;
    }
    for (unsigned at = children->length; at > 0; --at) {
      pending.push_back(static_cast<const GumboNode*>(children->data[at - 1]));
    }
  }
  return facts;
}

}  // namespace

Result<HtmlFacts, std::string> read_html(std::string_view text) {
  const std::string copy = prepared(text);
  Arena arena;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &allocate;
  options.deallocator = &keep;
  options.userdata = &arena;
  options.max_errors = 0;
  const GumboOutput* output = parse(arena, options, copy);
  if (output == nullptr) return failure("reading the output as HTML takes more than 128 MiB");
  return facts_of(output->document);
}

}  // namespace assay::markup
