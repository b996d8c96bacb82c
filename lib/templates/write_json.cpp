#include "templates/write_json.hpp"

#include <algorithm>
#include <cmath>

#include "templates/convert.hpp"
#include "templates/members.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

bool is_surrogate(char16_t unit) {
  return unit >= 0xD800 && unit <= 0xDFFF;
}

class Writer {
 public:
  Writer(Budget& budget, std::u16string gap) : budget_(budget), gap_(std::move(gap)) {}
  void write(const Value& value, std::size_t depth);
  std::u16string& text() { return out_; }

 private:
  void list(const Value& value, std::size_t depth);
  void object(const Value& value, std::size_t depth);
  void member(std::u16string_view key, const Value& value, std::size_t depth, bool& empty);
  void quote(std::u16string_view text);
  void escape(char16_t unit);
  void line(std::size_t depth);

  Budget& budget_;
  std::u16string gap_, out_;
};

void Writer::write(const Value& value, std::size_t depth) {
  budget_.step();
  switch (value.kind()) {
    case Kind::undefined:
    case Kind::null:
      out_ += u"null";
      return;
    case Kind::boolean:
      out_ += value.boolean() ? u"true" : u"false";
      return;
    case Kind::number:
      out_ += std::isfinite(value.number()) ? number_text(value.number()) : u"null";
      return;
    case Kind::text:
      return quote(value.text());
    case Kind::list:
      return list(value, depth);
    case Kind::marked:
    case Kind::object:
      return object(value, depth);
  }
}

void Writer::list(const Value& value, std::size_t depth) {
  out_ += u'[';
  bool empty = true;
  for (const Value& item : value.items()) {
    if (!empty) out_ += u',';
    empty = false;
    line(depth + 1);
    write(item, depth + 1);
  }
  if (!empty) line(depth);
  out_ += u']';
}

void Writer::object(const Value& value, std::size_t depth) {
  out_ += u'{';
  bool empty = true;
  if (value.is(Kind::marked)) {
    member(u"val", Value(value.text_pointer()), depth, empty);
    member(u"length", Value(static_cast<double>(value.text().size())), depth, empty);
  } else {
    for (const Object::Member* entry : value.object().ordered()) member(entry->first, entry->second, depth, empty);
  }
  if (!empty) line(depth);
  out_ += u'}';
}

void Writer::member(std::u16string_view key, const Value& value, std::size_t depth, bool& empty) {
  if (value.is(Kind::undefined)) return;
  if (!empty) out_ += u',';
  empty = false;
  line(depth + 1);
  quote(key);
  out_ += gap_.empty() ? u":" : u": ";
  write(value, depth + 1);
}

void Writer::quote(std::u16string_view text) {
  budget_.read(text.size());
  budget_.build(2 * text.size() + 4);
  out_ += u'"';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char16_t unit = text[at];
    const bool pair =
        unit >= 0xD800 && unit <= 0xDBFF && at + 1 < text.size() && text[at + 1] >= 0xDC00 && text[at + 1] <= 0xDFFF;
    if (pair) {
      out_ += text.substr(at++, 2);
    } else if (unit < 0x20 || unit == u'"' || unit == u'\\' || is_surrogate(unit)) {
      escape(unit);
    } else {
      out_ += unit;
    }
  }
  out_ += u'"';
}

void Writer::escape(char16_t unit) {
  constexpr std::u16string_view from = u"\"\\\b\f\n\r\t", to = u"\"\\bfnrt", digits = u"0123456789abcdef";
  out_ += u'\\';
  if (const std::size_t known = from.find(unit); known != std::u16string_view::npos) {
    out_ += to[known];
    return;
  }
  budget_.build(8);
  out_ += u'u';
  for (int shift = 12; shift >= 0; shift -= 4) out_ += digits[(static_cast<unsigned>(unit) >> shift) & 0xFu];
}

void Writer::line(std::size_t depth) {
  budget_.build(2 + 2 * depth * gap_.size());
  if (gap_.empty()) return;
  out_ += u'\n';
  for (std::size_t i = 0; i < depth; ++i) out_ += gap_;
}

}  // namespace

std::optional<std::u16string> json_text(Budget& budget, const Value& value, const Value& indent) {
  if (value.is(Kind::undefined)) return std::nullopt;
  std::u16string gap;
  if (indent.is(Kind::number)) {
    gap.assign(static_cast<std::size_t>(std::clamp(to_integer(indent.number()), 0.0, 10.0)), u' ');
  } else if (indent.is(Kind::text)) {
    gap = indent.text().substr(0, 10);
  }
  Writer writer(budget, std::move(gap));
  writer.write(value, 0);
  return std::move(writer.text());
}

}  // namespace assay::templates
