#include <algorithm>

#include "json/utf8.hpp"
#include "templates/convert.hpp"
#include "templates/filter_functions.hpp"
#include "templates/members.hpp"
#include "templates/trouble.hpp"
#include "text/surrogate.hpp"
#include "text/unit_set.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

constexpr std::size_t kNone = std::u16string_view::npos;

std::u16string escaped(Budget& budget, std::u16string_view text) {
  budget.read(text.size());
  std::u16string out;
  for (const char16_t unit : text) {
    const std::u16string_view name = unit == u'&'    ? u"&amp;"
                                     : unit == u'"'  ? u"&quot;"
                                     : unit == u'\'' ? u"&#39;"
                                     : unit == u'<'  ? u"&lt;"
                                     : unit == u'>'  ? u"&gt;"
                                     : unit == u'\\' ? u"&#92;"
                                                     : std::u16string_view(&unit, 1);
    out += name;
  }
  return out;
}

bool is_letter(char16_t unit) {
  return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z');
}
bool is_word(char16_t unit) {
  return is_letter(unit) || (unit >= u'0' && unit <= u'9') || unit == u'_';
}

/// Finds the ends of tags. What has been looked for in vain is not looked for again.
class Tags {
 public:
  explicit Tags(std::u16string_view text) : text_(text) {}

  /// Where a tag or a comment ends that begins here: </?[a-z][a-z0-9]*\b[^>]*> or <!--…-->. kNone when none does.
  std::size_t end(std::size_t at) {
    if (text_.substr(at).starts_with(u"<!--")) {
      const std::size_t end = comment_ends_ ? text_.find(u"-->", at + 4) : kNone;
      if (end == kNone) comment_ends_ = false;
      return end == kNone ? kNone : end + 3;
    }
    std::size_t name = at + 1;
    if (name < text_.size() && text_[name] == u'/') ++name;
    if (name >= text_.size() || !is_letter(text_[name]) || !tag_ends_) return kNone;
    while (name < text_.size() && is_word(text_[name]) && text_[name] != u'_') ++name;
    if (name < text_.size() && text_[name] == u'_') return kNone;
    const std::size_t end = text_.find(u'>', name);
    if (end == kNone) tag_ends_ = false;
    return end == kNone ? kNone : end + 1;
  }

 private:
  std::u16string_view text_;
  bool tag_ends_ = true, comment_ends_ = true;
};

std::u16string without_tags(std::u16string_view text) {
  Tags tags(text);
  std::u16string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(u'<'); at != kNone; at = text.find(u'<', at)) {
    const std::size_t end = tags.end(at);
    if (end == kNone) {
      ++at;
      continue;
    }
    out += text.substr(from, at - from);
    at = from = end;
  }
  out += text.substr(from);
  return out;
}

bool is_space(char16_t unit) {
  static const text::UnitSet space = text::UnitSet::space();
  return space.contains(unit);
}
bool ends_line(char16_t unit) {
  return unit == u'\n' || unit == u'\r' || unit == 0x2028 || unit == 0x2029;
}

std::u16string spaces_joined(std::u16string_view text) {
  std::u16string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_space(text[at])) {
      out += text[at];
    } else if (at == 0 || !is_space(text[at - 1])) {
      out += u' ';
    }
  }
  return out;
}

/// Lines without spaces at their ends, runs of spaces as one, CRLF as LF, at most two LF in a row.
std::u16string lines_tidied(std::u16string_view text) {
  std::u16string out;
  for (std::size_t from = 0; from <= text.size();) {
    std::size_t end = from;
    while (end < text.size() && !ends_line(text[end])) ++end;
    std::u16string_view line = text.substr(from, end - from);
    line.remove_prefix(std::min(line.find_first_not_of(u' '), line.size()));
    line = line.substr(0, line.find_last_not_of(u' ') + 1);
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (line[at] != u' ' || line[at - 1] != u' ') out += line[at];
    }
    if (end < text.size()) out += text[end];
    from = end + 1;
  }
  std::u16string tidy;
  for (std::size_t at = 0; at < out.size(); ++at) {
    if (out[at] == u'\r' && at + 1 < out.size() && out[at + 1] == u'\n') continue;
    const bool third = out[at] == u'\n' && tidy.size() > 1 && tidy.back() == u'\n' && tidy[tidy.size() - 2] == u'\n';
    if (!third) tidy += out[at];
  }
  return tidy;
}

std::u16string_view trimmed(std::u16string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// encodeURIComponent
void append_encoded(Budget& budget, std::u16string& out, const Value& value) {
  constexpr std::u16string_view kDigits = u"0123456789ABCDEF", kPlain = u"-_.!~*'()";
  const std::string bytes = text::to_utf8(to_text(budget, value));
  budget.read(bytes.size());
  budget.build(6 * bytes.size());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    const auto unit = static_cast<char16_t>(byte);
    if (byte >= 0x80 && (byte & 0xC0u) != 0x80u && !json::decode_utf8(bytes, at).valid) raise("half a character");
    if (byte < 0x80 && unit != u'_' && is_word(unit)) {
      out += unit;
    } else if (kPlain.find(unit) != kNone) {
      out += unit;
    } else {
      out += u'%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 0xFu];
    }
  }
}

}  // namespace

Value filter_escape(Budget& budget, const Arguments& args) {
  return args[0].is(Kind::marked) ? args[0] : filter_forceescape(budget, args);
}

Value filter_forceescape(Budget& budget, const Arguments& args) {
  const std::u16string text = args[0].is_nothing() ? u"" : to_text(budget, args[0]);
  budget.build(2 * text.size());
  return marked_value(budget, escaped(budget, text));
}

Value filter_safe(Budget& budget, const Arguments& args) {
  if (args[0].is(Kind::marked)) return args[0];
  return marked_value(budget, args[0].is_nothing() ? u"" : to_text(budget, args[0]));
}

Value filter_striptags(Budget& budget, const Arguments& args) {
  const Value value = normalized(args[0]);
  const std::u16string_view text = require_text(value);
  budget.step(text.size() / 16);
  const std::u16string bare = without_tags(text);
  const std::u16string_view inner = trimmed(bare);
  return like(budget, value, truthy(args[1]) ? lines_tidied(inner) : spaces_joined(inner));
}

Value filter_urlencode(Budget& budget, const Arguments& args) {
  std::u16string out;
  const auto add_pair = [&](const Value& key, const Value& value) {
    budget.step();
    if (!out.empty()) out += u'&';
    append_encoded(budget, out, key);
    out += u'=';
    append_encoded(budget, out, value);
  };
  if (args[0].is(Kind::text)) {
    append_encoded(budget, out, args[0]);
  } else if (args[0].is(Kind::list)) {
    for (const Value& item : args[0].items()) {
      if (item.is_nothing()) raise("needs pairs, not " + kind_name(item));
      add_pair(element(budget, item, 0), element(budget, item, 1));
    }
  } else {
    for (const std::u16string& key : keys(budget, args[0])) {
      add_pair(text_value(budget, key), member(budget, args[0], key));
    }
  }
  return text_value(budget, std::move(out));
}

}  // namespace assay::templates
