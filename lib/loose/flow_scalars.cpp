#include "loose/flow_scalars.hpp"

#include <cstdint>

#include "json/utf8.hpp"
#include "loose/flow_chars.hpp"
#include "text/surrogate.hpp"

namespace assay::loose {
namespace {

/// Moves over breaks and blanks; returns how many breaks.
std::size_t skip_breaks(std::string_view raw, std::size_t& at) {
  std::size_t breaks = 0;
  for (; at < raw.size() && (is_break(raw[at]) || is_blank(raw[at])); ++at) {
    if (!is_break(raw[at])) continue;
    ++breaks;
    if (raw[at] == '\r' && at + 1 < raw.size() && raw[at + 1] == '\n') ++at;
  }
  return breaks;
}

/// Collects text; blanks before a break fall away.
class Folder {
 public:
  explicit Folder(std::string_view raw) : raw_(raw) {}

  void plain(std::size_t at) {
    if (!is_blank(raw_[at])) end_ = at + 1;
  }
  /// A break stands at `at`: moves behind it and what follows of its kind.
  void fold(std::size_t& at) {
    text_ += raw_.substr(from_, end_ - from_);
    const std::size_t breaks = skip_breaks(raw_, at);
    text_.append(breaks == 1 ? 1 : breaks - 1, breaks == 1 ? ' ' : '\n');
    begin(at);
  }
  /// All so far, blanks included, then the replacement; goes on at `next`.
  void replace(std::size_t at, std::string_view replacement, std::size_t next) {
    text_ += raw_.substr(from_, at - from_);
    text_ += replacement;
    begin(next);
  }
  std::string& text() { return text_; }
  std::string finish(bool with_blanks) {
    return text_ += raw_.substr(from_, (with_blanks ? raw_.size() : end_) - from_);
  }

 private:
  void begin(std::size_t at) { from_ = end_ = at; }
  std::string_view raw_;
  std::string text_;
  std::size_t from_ = 0, end_ = 0;
};

std::string_view simple_escape(char letter) {
  switch (letter) {
    case '0':
      return std::string_view("\0", 1);
    case 'a':
      return "\a";
    case 'b':
      return "\b";
    case 't':
    case '\t':
      return "\t";
    case 'n':
      return "\n";
    case 'v':
      return "\v";
    case 'f':
      return "\f";
    case 'r':
      return "\r";
    case 'e':
      return "\x1B";
    case ' ':
      return " ";
    case '"':
      return "\"";
    case '/':
      return "/";
    case '\\':
      return "\\";
    case 'N':
      return "\xC2\x85";
    case '_':
      return "\xC2\xA0";
    case 'L':
      return "\xE2\x80\xA8";
    case 'P':
      return "\xE2\x80\xA9";
    default:
      return {};
  }
}

/// One UTF-16 unit. The second half of a pair joins the first.
void append_unit(std::string& out, std::uint32_t unit) {
  if (unit >= 0xDC00 && unit <= 0xDFFF && out.size() >= 3) {
    const text::Step before = text::next_character(out, out.size() - 3);
    if (before.length == 3 && before.code_point >= 0xD800 && before.code_point <= 0xDBFF) {
      out.resize(out.size() - 3);
      json::append_utf8(out, 0x10000 + ((before.code_point - 0xD800) << 10) + (unit - 0xDC00));
      return;
    }
  }
  json::append_utf8(out, unit);
}

/// The number in 32 bits, as JavaScript shifts; above U+FFFF as the two units it computes, cut to 16 bits.
void append_code(std::string& out, std::string_view digits) {
  std::uint32_t code = 0;
  for (const char digit : digits) {
    const char lower = static_cast<char>(digit | 0x20);
    code = (code << 4) + static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : lower - 'a' + 10);
  }
  if (static_cast<std::int32_t>(code) <= 0xFFFF) {
    append_unit(out, code & 0xFFFF);
    return;
  }
  append_unit(out, (((code - 0x10000) >> 10) + 0xD800) & 0xFFFF);
  append_unit(out, ((code - 0x10000) & 0x3FF) + 0xDC00);
}

}  // namespace

int hex_digits_after(char letter) {
  return letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

bool is_simple_escape(char letter) {
  return !simple_escape(letter).empty();
}

std::string plain_text(std::string_view raw) {
  Folder folder(raw);
  for (std::size_t at = 0; at < raw.size();) {
    if (is_break(raw[at])) {
      folder.fold(at);
    } else {
      folder.plain(at++);
    }
  }
  return folder.finish(false);
}

std::string single_quoted_text(std::string_view raw) {
  Folder folder(raw);
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] == '\'') {
      folder.replace(at, "'", at + 2);
      at += 2;
    } else if (is_break(raw[at])) {
      folder.fold(at);
    } else {
      folder.plain(at++);
    }
  }
  return folder.finish(true);
}

std::string double_quoted_text(std::string_view raw) {
  Folder folder(raw);
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] == '\\') {
      const std::size_t mark = at;
      const char letter = raw[++at];
      if (is_break(letter)) {
        skip_breaks(raw, at);
        folder.replace(mark, "", at);
      } else if (is_simple_escape(letter)) {
        folder.replace(mark, simple_escape(letter), ++at);
      } else {
        const auto digits = static_cast<std::size_t>(hex_digits_after(letter));
        const std::string_view code = raw.substr(at + 1, digits);
        at += 1 + digits;
        folder.replace(mark, "", at);
        append_code(folder.text(), code);
      }
    } else if (is_break(raw[at])) {
      folder.fold(at);
    } else {
      folder.plain(at++);
    }
  }
  return folder.finish(true);
}

bool is_printable(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const text::Step step = text::next_character(text, at);
    const char32_t c = step.code_point;
    const bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F && c != 0x85);
    if (control || c == 0xFFFE || c == 0xFFFF || (c >= 0xD800 && c <= 0xDFFF)) return false;
    at += step.length;
  }
  return true;
}

}  // namespace assay::loose
