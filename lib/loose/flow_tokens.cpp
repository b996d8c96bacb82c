#include "loose/flow_chars.hpp"
#include "loose/flow_reader.hpp"
#include "loose/flow_scalars.hpp"

namespace assay::loose {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t';
}

}  // namespace

void FlowReader::take_line_break() {
  at_ += here() == '\r' && after(1) == '\n' ? 2 : 1;
  ++line_;
  line_begin_ = at_;
  indent_ = 0;
}

/// Blanks, breaks and perhaps comments; returns how many breaks.
std::size_t FlowReader::skip_space(bool comments) {
  std::size_t breaks = 0;
  bool apart = at_ == line_begin_ || is_space(text_.at(at_ - 1));
  for (;;) {
    for (; is_blank(here()); ++at_) apart = true;
    if (comments && apart && here() == '#') {
      while (!is_break(here()) && here() != '\0') ++at_;
    }
    if (!is_break(here())) return breaks;
    take_line_break();
    ++breaks;
    apart = true;
    for (; here() == ' '; ++at_) ++indent_;
  }
}

/// "---" or "..." alone at the beginning of a line.
bool FlowReader::at_separator() {
  const char c = here();
  if (at_ != line_begin_ || (c != '-' && c != '.') || after(1) != c || after(2) != c) return false;
  return after(3) == '\0' || is_space(after(3));
}

bool FlowReader::read_single_quoted(std::string& text) {
  const std::size_t from = ++at_;
  while (here() != '\'' || after(1) == '\'') {
    if (here() == '\'') {
      at_ += 2;
    } else if (is_break(here())) {
      skip_space(false);
    } else if (is_control(here()) || at_separator()) {
      return false;
    } else {
      ++at_;
    }
  }
  text = single_quoted_text(between(from, at_++));
  return true;
}

bool FlowReader::read_double_quoted(std::string& text) {
  const std::size_t from = ++at_;
  while (here() != '"') {
    if (here() == '\\') {
      if (!skip_escape()) return false;
    } else if (is_break(here())) {
      skip_space(false);
    } else if (is_control(here()) || at_separator()) {
      return false;
    } else {
      ++at_;
    }
  }
  text = double_quoted_text(between(from, at_++));
  return true;
}

bool FlowReader::skip_escape() {
  const char letter = after(1);
  ++at_;
  if (is_break(letter)) {
    skip_space(false);
    return true;
  }
  ++at_;
  if (is_simple_escape(letter)) return true;
  int digits = hex_digits_after(letter);
  if (digits == 0) return false;
  for (; digits > 0; --digits, ++at_) {
    if (!is_hex(here())) return false;
  }
  return true;
}

bool FlowReader::can_begin_plain() {
  const char c = here();
  if (c == '\0' || is_space(c) || is_indicator(c) || std::string_view("#&*!|>'\"%@`").find(c) != std::string_view::npos)
    return false;
  if (c != '?' && c != '-') return true;
  const char next = after(1);
  return next != '\0' && !is_space(next) && !is_indicator(next);
}

/// Up to a comma, a bracket, ": " or " #". Empty when nothing stands there.
bool FlowReader::read_plain(std::optional<std::string>& text) {
  if (!can_begin_plain()) return true;
  const std::size_t from = at_;
  std::size_t end = at_;
  while (here() != '\0' && !at_separator()) {
    const char c = here();
    if (is_indicator(c)) break;
    if (c == ':' && (after(1) == '\0' || is_space(after(1)) || is_indicator(after(1)))) break;
    if (c == '#' && is_space(text_.at(at_ - 1))) break;
    if (is_break(c)) {
      skip_space(false);
      continue;
    }
    ++at_;
    if (!is_blank(c)) end = at_;
  }
  if (end == from) return true;
  if (!is_printable(between(from, end))) return false;
  text = plain_text(between(from, end));
  return true;
}

}  // namespace assay::loose
