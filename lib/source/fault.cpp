#include "source/fault.hpp"

#include <algorithm>
#include <cstdio>

namespace assay::source {
namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

bool starts_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

std::string_view trimmed_left(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t");
  return start == std::string_view::npos ? std::string_view() : text.substr(start);
}

/// Whether a line's beginning holds no value: only indentation, dashes and at most one key with its colon.
bool holds_no_value(std::string_view prefix) {
  std::string_view rest = trimmed_left(prefix);
  while (rest.starts_with("- ")) rest = trimmed_left(rest.substr(1));
  const auto key_end = std::find_if_not(rest.begin(), rest.end(), is_key_character);
  const std::string_view after(key_end, rest.end());
  return rest.empty() || (after.starts_with(':') && trimmed_left(after.substr(1)).empty());
}

/// Printable on one line of a terminal.
std::string tame(std::string_view text) {
  std::string tamed;
  for (const char c : text) tamed += (static_cast<unsigned char>(c) < 0x20 || c == '\x7F') ? ' ' : c;
  return tamed;
}

}  // namespace

Lines::Lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines_.push_back(line);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
}

std::string_view Lines::line(int number) const {
  const auto index = static_cast<std::size_t>(number - 1);
  return number >= 1 && index < lines_.size() ? lines_[index] : std::string_view();
}

int column_of(std::string_view line, std::size_t byte) {
  const std::string_view before = line.substr(0, std::min(byte, line.size()));
  const auto characters = std::count_if(before.begin(), before.end(), starts_character);
  return static_cast<int>(characters) + 1;
}

std::size_t byte_of(std::string_view line, int column) {
  std::size_t byte = 0;
  for (int at = 1; at < column && byte < line.size(); ++at) {
    ++byte;
    while (byte < line.size() && !starts_character(line[byte])) ++byte;
  }
  return byte;
}

Place place_of(const std::string& source, std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte);
  const std::size_t newline = before.rfind('\n');
  const std::size_t line_start = newline == std::string_view::npos ? 0 : newline + 1;
  const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  return {source, line, column_of(before.substr(line_start), before.size() - line_start)};
}

int ColumnCounter::column(const Lines& lines, int line, std::size_t byte) {
  if (line != line_ || byte < byte_) {
    line_ = line;
    byte_ = 0;
    column_ = 1;
  }
  const std::string_view text = lines.line(line);
  const std::size_t end = std::min(byte, text.size());
  if (end > byte_) column_ += column_of(text.substr(byte_, end - byte_), end - byte_) - 1;
  byte_ = std::max(byte_, end);
  return column_;
}

void quote_line(Fault& fault, const Lines& lines, std::string_view shown) {
  const std::string_view line = lines.line(fault.place.line);
  const std::size_t start = byte_of(line, fault.place.column);
  const std::string_view before = line.substr(0, start);
  const bool keep = holds_no_value(before);
  const bool more = !line.substr(start).empty() && line.substr(start) != shown;
  fault.excerpt = tame(keep ? before : ellipsis) + tame(shown);
  if (more && (keep || !shown.empty())) fault.excerpt += ellipsis;
  fault.caret = keep ? fault.place.column : shown.empty() ? 1 : 2;
}

std::string to_text(const Fault& fault) {
  std::string text = fault.place.source;
  if (fault.place.line > 0) {
    text += ":" + std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column);
  }
  if (!text.empty()) text += ": ";
  if (fault.severity == Fault::Severity::warning) text += "warning: ";
  text += fault.message;
  if (!fault.suggestion.empty()) text += "; did you mean " + fault.suggestion + "?";
  text += '\n';
  if (fault.excerpt.empty()) return text;
  char margin[24];
  std::snprintf(margin, sizeof margin, "%6d | ", fault.place.line);
  text += margin + fault.excerpt + "\n       | " +
          std::string(static_cast<std::size_t>(std::max(fault.caret, 1) - 1), ' ') + "^\n";
  return text;
}

std::string to_text(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) text += to_text(fault);
  return text;
}

}  // namespace assay::source
