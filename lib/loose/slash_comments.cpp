#include "loose/slash_comments.hpp"

#include "text/surrogate.hpp"
#include "text/unit_set.hpp"

namespace assay::loose {
namespace {

bool is_letter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z';
}

/// How many bytes of white space, as JavaScript has it, stand there.
std::size_t space_length(std::string_view text, std::size_t at) {
  static const text::UnitSet space = text::UnitSet::space();
  if (at >= text.size()) return 0;
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return byte == ' ' || (byte >= '\t' && byte <= '\r') ? 1 : 0;
  const text::Step step = text::next_character(text, at);
  return step.code_point <= 0xFFFF && space.contains(static_cast<char16_t>(step.code_point)) ? step.length : 0;
}

}  // namespace

char SlashComments::source(std::size_t index) const {
  if (index < piece_.size()) return piece_[index];
  return index < size() ? '}' : '\0';
}

/// Appends one byte or a comment mark; false at the end.
bool SlashComments::make() {
  if (at_ >= size() || !steps_.take(1)) return false;
  const char c = source(at_), next = source(at_ + 1);
  if (c == '\n') {
    mode_ = Mode::plain;
    word_ = at_ + 1;
    scheme_ = nowhere;
    move_on(c);
    before_ = '\0';
    return true;
  }
  switch (mode_) {
    case Mode::comment:
      break;
    case Mode::plain:
      if (c == '\'' && !is_letter(before_)) {
        mode_ = Mode::single_quoted;
      } else if (c == '"') {
        mode_ = Mode::double_quoted;
      } else if (c == '/' && next == '/' && (scheme_ == nowhere || scheme_ < word_)) {
        make_slashes();
        return true;
      }
      break;
    case Mode::single_quoted:
      if (c == '\'' && !escaped_ && !is_letter(next)) mode_ = Mode::plain;
      break;
    case Mode::double_quoted:
      if (c == '"' && !escaped_) mode_ = Mode::plain;
      break;
  }
  move_on(c);
  return true;
}

void SlashComments::make_slashes() {
  std::size_t slashes = 0;
  while (source(at_ + slashes) == '/') ++slashes;
  made_.append(slashes / 2, '#');
  at_ += slashes;
  mode_ = Mode::comment;
  before_ = '/';
  escaped_ = false;
}

void SlashComments::move_on(char c) {
  if (const std::size_t space = space_length(piece_, at_); space > 0) word_ = at_ + space;
  if (c == ':' && source(at_ + 1) == '/' && source(at_ + 2) == '/') scheme_ = at_;
  escaped_ = c == '\\' && !escaped_;
  before_ = c;
  made_ += c;
  ++at_;
}

}  // namespace assay::loose
