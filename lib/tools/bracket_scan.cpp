#include "tools/bracket_scan.hpp"

#include <algorithm>

#include "text/javascript_text.hpp"

namespace assay::tools {
namespace {

bool space_or_tab(char c) {
  return c == ' ' || c == '\t';
}

std::size_t past_blanks(std::string_view line, std::size_t at) {
  while (at < line.size() && space_or_tab(line[at])) ++at;
  return at;
}

/// How wide the beginning of a line is, with tab stops every four columns.
std::size_t width(std::string_view text) {
  std::size_t column = 0;
  for (const char c : text) {
    if (c == '\t')
      column += 4 - column % 4;
    else if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u)
      ++column;
  }
  return column;
}

/// The bytes of a list mark with the white space around it ("- ", "12) "), or 0.
std::size_t list_mark(std::string_view line) {
  std::size_t at = past_blanks(line, 0);
  if (at == line.size()) return 0;
  if (line[at] == '-' || line[at] == '+' || line[at] == '*') {
    ++at;
  } else {
    const std::size_t digits = at;
    while (at < line.size() && line[at] >= '0' && line[at] <= '9') ++at;
    if (at == digits || at == line.size() || (line[at] != '.' && line[at] != ')')) return 0;
    ++at;
  }
  const std::size_t end = past_blanks(line, at);
  return end > at ? end : 0;
}

/// A fence at the beginning of a line.
struct Fence {
  char sign = 0;
  std::size_t length = 0;
  std::string_view rest;
};

Fence fence_of(std::string_view line) {
  const std::size_t begin = past_blanks(line, 0);
  if (begin == line.size() || (line[begin] != '`' && line[begin] != '~')) return {};
  std::size_t end = begin;
  while (end < line.size() && line[end] == line[begin]) ++end;
  return end - begin < 3 ? Fence{} : Fence{line[begin], end - begin, line.substr(end)};
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Bracket> run() {
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t newline = std::min(text_.find('\n', begin), text_.size());
      const std::string_view raw = text_.substr(begin, newline - begin);
      const std::string_view trimmed = text::trim(raw);
      const std::size_t first = trimmed.empty() ? 0 : static_cast<std::size_t>(trimmed.data() - raw.data());
      line(begin, raw.substr(0, trimmed.empty() ? 0 : first + trimmed.size()), first);
      begin = newline + 1;
    }
    return std::move(brackets_);
  }

 private:
  void break_here() { brackets_.push_back({}); }

  void line(std::size_t offset, std::string_view content, std::size_t first) {
    const std::size_t indent = width(content.substr(0, first));
    if (open_.sign != 0 && !content.empty() && indent < fence_container_) {
      open_ = {};
      break_here();
    }
    if (open_.sign != 0) return close_fence(content, indent);

    while (!content.empty() && !containers_.empty() && indent < containers_.back()) containers_.pop_back();
    const std::size_t mark = list_mark(content);
    if (mark > 0) containers_.push_back(width(content.substr(0, mark)));
    const std::size_t container = containers_.empty() ? 0 : containers_.back();
    const Fence fence = fence_of(content.substr(mark));
    const bool may_open = mark > 0 || indent <= container + 3;
    if (fence.sign != 0 && may_open && (fence.sign != '`' || fence.rest.find('`') == fence.rest.npos)) {
      open_ = fence;
      fence_container_ = container;
      return break_here();
    }
    brackets(offset, content, first);
  }

  void close_fence(std::string_view content, std::size_t indent) {
    const Fence fence = fence_of(content);
    const bool matches = fence.sign == open_.sign && fence.length >= open_.length && text::trim(fence.rest).empty();
    if (matches && indent <= fence_container_ + 3) open_ = {};
  }

  void brackets(std::size_t offset, std::string_view content, std::size_t first) {
    bool in_string = false;
    for (std::size_t column = 0; column < content.size(); ++column) {
      const char c = content[column];
      if (in_string) {
        if (c == '\\')
          ++column;
        else if (c == '"')
          in_string = false;
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[' || c == '}' || c == ']') {
        brackets_.push_back({offset + column, c, column == first, column + 1 == content.size()});
      }
    }
    if (in_string) break_here();
  }

  std::string_view text_;
  std::vector<Bracket> brackets_;
  Fence open_;
  std::size_t fence_container_ = 0;
  std::vector<std::size_t> containers_;
};

}  // namespace

std::vector<Bracket> scan_brackets(std::string_view text) {
  return Scanner(text).run();
}

}  // namespace assay::tools
