#include "markup/xml_candidates.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "markup/space.hpp"
#include "text/surrogate.hpp"

namespace assay::markup {
namespace {

constexpr std::size_t npos = std::string_view::npos;

struct Range {
  char32_t first, last;
};
constexpr Range kNameStart[] = {{':', ':'},       {'_', '_'},       {'A', 'Z'},       {'a', 'z'},
                                {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
constexpr Range kNameRest[] = {{'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

template <std::size_t n>
bool in(const Range (&ranges)[n], char32_t character) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [&](const Range& range) { return character >= range.first && character <= range.last; });
}

/// Where a name ends that begins here, or `at` itself.
std::size_t end_of_name(std::string_view text, std::size_t at) {
  for (bool first = true; at < text.size(); first = false) {
    const text::Step step = text::next_character(text, at);
    if (!in(kNameStart, step.code_point) && (first || !in(kNameRest, step.code_point))) break;
    at += step.length;
  }
  return at;
}

/// The ">" of a tag, or npos when "<" or the end comes first.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    if (text[at] == '"' || text[at] == '\'') {
      at = text.find(text[at], at + 1);
      if (at == npos) return npos;
    } else if (text[at] == '<' || text[at] == '>') {
      return text[at] == '>' ? at : npos;
    }
  }
  return npos;
}

std::size_t past(std::string_view text, std::string_view end, std::size_t from) {
  const std::size_t found = text.find(end, std::min(from, text.size()));
  return found == npos ? text.size() : found + end.size();
}

std::size_t end_of_declaration(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with("<!--")) return past(text, "-->", at + 4);
  if (text.substr(at).starts_with("<![CDATA[")) return past(text, "]]>", at + 9);
  std::size_t depth = 0;
  for (at += 2; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = std::min(text.find(c, at + 1), text.size());
    } else if (c == '[') {
      ++depth;
    } else if (c == ']' && depth > 0) {
      --depth;
    } else if (c == '>' && depth == 0) {
      return at + 1;
    }
  }
  return text.size();
}

bool ends_itself(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t last = end;
  while (last > begin + 1) {
    std::size_t back = 1;
    while (back < 3 && last - back > begin && (static_cast<unsigned char>(text[last - back]) & 0xC0u) == 0x80u) ++back;
    if (space_at(text.substr(0, end), last - back) != back) break;
    last -= back;
  }
  return text[last - 1] == '/';
}

struct Candidate {
  Stretch stretch;
  std::size_t parent = npos;  ///< where the open element around it begins
};

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<Candidate> run() {
    for (std::size_t at = text_.find('<'); at < text_.size(); at = text_.find('<', at)) at = tag(at);
    return std::move(candidates_);
  }

 private:
  struct Open {
    std::string_view name;
    std::size_t begin = 0;
  };

  void add(std::size_t begin, std::size_t end) {
    candidates_.push_back({{begin, end}, open_.empty() ? npos : open_.back().begin});
  }

  std::size_t tag(std::size_t at) {
    const char next = at + 1 < text_.size() ? text_[at + 1] : '\0';
    if (next == '!') return end_of_declaration(text_, at);
    if (next == '?') return past(text_, "?>", at + 2);
    const bool closing = next == '/';
    const std::size_t name_begin = at + (closing ? 2 : 1);
    const std::size_t name_end = end_of_name(text_, name_begin);
    const std::size_t end = name_end == name_begin ? npos : end_of_tag(text_, at + 1);
    if (end == npos) return at + 1;
    const std::string_view name = text_.substr(name_begin, name_end - name_begin);
    if (closing)
      close(name, end + 1);
    else if (ends_itself(text_, at, end))
      add(at, end + 1);
    else
      open_.push_back({name, at});
    return end + 1;
  }

  void close(std::string_view name, std::size_t end) {
    if (open_.empty() || open_.back().name != name) return open_.clear();
    const std::size_t begin = open_.back().begin;
    open_.pop_back();
    add(begin, end);
  }

  std::string_view text_;
  std::vector<Open> open_;
  std::vector<Candidate> candidates_;
};

struct Siblings {
  Stretch around;
  std::size_t count = 0, order = 0;
};

}  // namespace

std::vector<Stretch> xml_candidates(std::string_view text) {
  const std::vector<Candidate> candidates = Finder(text).run();
  std::unordered_set<std::size_t> begins;
  for (const Candidate& candidate : candidates) begins.insert(candidate.stretch.begin);

  std::unordered_map<std::size_t, Siblings> families;
  std::vector<Stretch> alone;
  for (const auto& [stretch, parent] : candidates) {
    if (parent != npos && begins.contains(parent)) continue;
    alone.push_back(stretch);
    Siblings& family = families.try_emplace(parent, Siblings{stretch, 0, families.size()}).first->second;
    ++family.count;
    family.around = {std::min(family.around.begin, stretch.begin), std::max(family.around.end, stretch.end)};
  }

  std::vector<Siblings> runs;
  for (const auto& [parent, family] : families) {
    if (family.count > 1) runs.push_back(family);
  }
  std::sort(runs.begin(), runs.end(), [](const Siblings& a, const Siblings& b) { return a.order < b.order; });
  std::stable_sort(alone.begin(), alone.end(), [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
  std::vector<Stretch> ordered;
  for (const Siblings& run : runs) ordered.push_back(run.around);
  ordered.insert(ordered.end(), alone.begin(), alone.end());
  return ordered;
}

}  // namespace assay::markup
