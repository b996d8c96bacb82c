#include "similarity/extract.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "text/javascript_text.hpp"

namespace assay::similarity {
namespace {

using Part = std::optional<std::string_view>;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
bool equal_letters(char a, char b) {
  return lower(a) == lower(b);
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), equal_letters);
}

std::string reversed_lower(std::string_view text) {
  std::string out(text.rbegin(), text.rend());
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

/// Where the last occurrence ends, or npos. Searched backwards, in linear time.
std::size_t end_of_last(std::string_view text, std::string_view marker) {
  if (marker.empty()) return std::string_view::npos;
  const std::size_t found = text::find(reversed_lower(text), reversed_lower(marker));
  return found == std::string_view::npos ? found : text.size() - found;
}

/// Takes the first line, without its line break, from a text that is not empty.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Part first_line(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text::trim(take_line(text));
    if (!line.empty()) return line;
  }
  return std::nullopt;
}

std::string_view without_decoration(std::string_view text) {
  static constexpr std::string_view marks = "*_` ";
  const auto strip = [&] {
    while (!text.empty() && marks.find(text.front()) != marks.npos) text.remove_prefix(1);
    while (!text.empty() && marks.find(text.back()) != marks.npos) text.remove_suffix(1);
  };
  strip();
  if (text.ends_with('.') && !text.ends_with("..")) text.remove_suffix(1);
  strip();
  return text;
}

/// A line of three or more ` or ~ after at most three spaces.
struct Fence {
  char mark = '\0';
  std::size_t length = 0;
  std::string_view info;

  bool opens() const { return length >= 3 && !(mark == '`' && info.find('`') != info.npos); }
  bool closes(const Fence& opening) const {
    return mark == opening.mark && length >= opening.length && text::trim(info).empty();
  }
};

Fence fence_of(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  if (indent > 3 || indent == line.size() || (line[indent] != '`' && line[indent] != '~')) return {};
  Fence fence;
  fence.mark = line[indent];
  const std::size_t end = std::min(line.find_first_not_of(fence.mark, indent), line.size());
  fence.length = end - indent;
  fence.info = line.substr(end);
  return fence;
}

/// Takes the lines of a block up to its closing fence.
std::string_view take_block(std::string_view& text, const Fence& opening) {
  const char* const start = text.data();
  std::size_t length = 0;
  while (!text.empty()) {
    if (fence_of(std::string_view(text).substr(0, text.find('\n'))).closes(opening)) {
      take_line(text);
      break;
    }
    take_line(text);
    length = static_cast<std::size_t>(text.data() - start);
  }
  std::string_view block(start, length);
  if (block.ends_with('\n')) block.remove_suffix(1);
  if (block.ends_with('\r')) block.remove_suffix(1);
  return block;
}

bool has_language(std::string_view info, std::string_view language) {
  const std::string_view word = text::trim(info);
  if (!starts_with_word(word, language)) return false;
  return language.empty() || word.size() == language.size() || word[language.size()] == ' ';
}

/// The letter that a part begins with, by the rules of choice_letter().
std::optional<char> leading_letter(std::string_view part, int choices) {
  part = without_decoration(part);
  const bool bracket = part.starts_with('(') || part.starts_with('[');
  if (bracket) part.remove_prefix(1);
  if (part.empty()) return std::nullopt;
  const char letter = static_cast<char>(part[0] - ((part[0] >= 'a' && part[0] <= 'z') ? 'a' - 'A' : 0));
  if (letter < 'A' || letter >= 'A' + std::clamp(choices, 0, 26)) return std::nullopt;
  if (part.size() == 1) return letter;
  const bool marked = std::string_view(").:,]*").find(part[1]) != std::string_view::npos;
  return marked ? std::optional(letter) : std::nullopt;
}

/// As leading_letter(), and a capital letter followed by a space: "B because".
std::optional<char> answered_letter(std::string_view part, int choices) {
  const std::string_view bare = without_decoration(part);
  const bool alone = bare.size() > 1 && bare[0] >= 'A' && bare[0] <= 'Z' && bare[1] == ' ';
  return leading_letter(alone ? bare.substr(0, 1) : part, choices);
}

}  // namespace

Part last_line(std::string_view text) {
  const std::string_view trimmed = text::trim(text);
  if (trimmed.empty()) return std::nullopt;
  const std::size_t line_break = trimmed.rfind('\n');
  return line_break == trimmed.npos ? trimmed : text::trim(trimmed.substr(line_break + 1));
}

Part after_marker(std::string_view text, std::string_view marker) {
  const std::size_t end = end_of_last(text, marker);
  return end == text.npos ? std::nullopt : first_line(text.substr(end));
}

Part marked_answer(std::string_view text) {
  static constexpr std::array<std::string_view, 3> markers{"####", "answer:", "answer is"};
  std::size_t last = std::string_view::npos;
  for (const std::string_view marker : markers) {
    const std::size_t end = end_of_last(text, marker);
    if (end != text.npos && (last == text.npos || end > last)) last = end;
  }
  if (last == text.npos) return std::nullopt;
  std::string_view rest = text.substr(last);
  while (!rest.empty() && (rest.front() == ':' || rest.front() == '*')) rest.remove_prefix(1);  // "**Answer:** 4"
  const Part line = first_line(rest);
  return line ? Part(without_decoration(*line)) : line;
}

Part boxed(std::string_view text) {
  static constexpr std::string_view command = "\\boxed";
  static constexpr std::size_t plain = std::string_view::npos;
  Part last;
  std::vector<std::size_t> open;  // where the contents of each open brace begin, or plain
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '{' || text[at + 1] == '}')) {
      ++at;
    } else if (text[at] == '{') {
      open.push_back(text.substr(0, at).ends_with(command) ? at + 1 : plain);
    } else if (text[at] == '}' && !open.empty()) {
      if (open.back() != plain) last = text::trim(text.substr(open.back(), at - open.back()));
      open.pop_back();
    }
  }
  return last;
}

Part code_block(std::string_view text, Which which, std::string_view language) {
  Part found;
  while (!text.empty()) {
    const Fence fence = fence_of(take_line(text));
    if (!fence.opens()) continue;
    const std::string_view block = take_block(text, fence);
    if (!has_language(fence.info, language)) continue;
    found = block;
    if (which == Which::first) break;
  }
  return found;
}

std::optional<char> choice_letter(std::string_view text, int choices) {
  if (const Part part = marked_answer(text)) {
    if (const auto letter = answered_letter(*part, choices)) return letter;
  }
  if (const Part part = boxed(text)) {
    if (const auto letter = answered_letter(*part, choices)) return letter;
  }
  for (const Part& part : {Part(text::trim(text)), last_line(text), first_line(text)}) {
    if (!part) continue;
    if (const auto letter = leading_letter(*part, choices)) return letter;
  }
  return std::nullopt;
}

}  // namespace assay::similarity
