#include "markup/sql_fences.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "markup/space.hpp"
#include "text/javascript_text.hpp"

namespace assay::markup {
namespace {

struct Fence {
  char sign = 0;
  std::size_t length = 0;
  std::string_view info;
};

std::optional<Fence> fence_of(std::string_view line) {
  std::size_t begin = 0;
  while (begin < std::min<std::size_t>(3, line.size()) && (line[begin] == ' ' || line[begin] == '\t')) ++begin;
  if (begin >= line.size() || (line[begin] != '`' && line[begin] != '~')) return std::nullopt;
  std::size_t end = begin;
  while (end < line.size() && line[end] == line[begin]) ++end;
  if (end - begin < 3) return std::nullopt;
  return Fence{line[begin], end - begin, line.substr(end)};
}

bool is_sql_mark(std::string_view info) {
  const std::string_view mark = text::trim(info);
  return mark.empty() || (mark.size() == 3 && lower(mark[0]) == 's' && lower(mark[1]) == 'q' && lower(mark[2]) == 'l');
}

bool closes(const std::optional<Fence>& fence, const Fence& open) {
  return fence && fence->sign == open.sign && fence->length >= open.length &&
         fence->info.find_first_not_of(" \t") == std::string_view::npos;
}

}  // namespace

std::vector<std::string> sql_blocks(std::string_view text) {
  std::vector<std::string> blocks;
  std::optional<Fence> open;
  std::string body;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const auto fence = fence_of(line);
    if (!open) {
      open = fence;
      body.clear();
    } else if (closes(fence, *open)) {
      if (is_sql_mark(open->info)) blocks.emplace_back(text::trim(body));
      open.reset();
    } else {
      body.append(line).append("\n");
    }
    at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
  }
  return blocks;
}

}  // namespace assay::markup
