#include <algorithm>
#include <cmath>

#include "templates/convert.hpp"
#include "templates/filter_functions.hpp"
#include "templates/members.hpp"
#include "templates/trouble.hpp"
#include "text/unit_set.hpp"
#include "text/utf16.hpp"

namespace assay::templates {
namespace {

using Kind = Value::Kind;

bool is_space(char16_t unit) {
  static const text::UnitSet space = text::UnitSet::space();
  return unit < 0x80 ? unit == u' ' || (unit >= u'\t' && unit <= u'\r') : space.contains(unit);
}

std::u16string_view trimmed(std::u16string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::u16string lower(Budget& budget, std::u16string_view text) {
  budget.read(text.size());
  return text::to_lower_case(text);
}

std::u16string capitalized(Budget& budget, std::u16string_view text) {
  const std::u16string all = lower(budget, text);
  return text::to_upper_case(std::u16string_view(all).substr(0, 1)) + (all.empty() ? all : all.substr(1));
}

/// How many times a loop `for (i = 0; i < count; i++)` turns; paid for as units to be built.
std::size_t repeats(Budget& budget, double count) {
  if (!(count > 0)) return 0;
  const double whole = std::ceil(count);
  const auto limit = static_cast<double>(budget.limits().max_built_bytes);
  const auto units = static_cast<std::size_t>(std::min(whole, limit));
  budget.build(2 * units);
  return units;
}

/// `text.replace(old, new)` without patterns. Zero and a text not found leave it as it is.
std::u16string replaced(Budget& budget, std::u16string_view text, std::u16string_view old, std::u16string_view new_text,
                        double most) {
  std::u16string out;
  std::size_t from = 0;
  double count = 0;
  budget.read(text.size() + old.size());
  for (std::size_t at = find(text, old); at != std::u16string_view::npos && (most == -1 || count < most); ++count) {
    budget.step();
    budget.build(2 * (at - from + new_text.size()));
    out += text.substr(from, at - from);
    out += new_text;
    from = at + old.size();
    at = find(text, old, from);
  }
  out += text.substr(from);
  return out;
}

/// Nothing is found between all units and at both ends.
std::u16string interleaved(Budget& budget, std::u16string_view text, const Value& value) {
  const std::u16string end = to_text(budget, value);
  const std::u16string between = value.is(Kind::undefined) ? u"," : end;  // what join() makes of it
  const std::size_t gaps = text.empty() ? 0 : text.size() - 1;
  budget.step(text.size());
  if (between.size() > 0 && gaps > budget.limits().max_built_bytes / between.size())
    budget.build(static_cast<std::size_t>(-1));
  budget.build(2 * (gaps * between.size() + text.size()));
  std::u16string out = end;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0) out += between;
    out += text[at];
  }
  return out + end;
}

}  // namespace

Value filter_capitalize(Budget& budget, const Arguments& args) {
  const Value text = normalized(args[0]);
  return like(budget, text, capitalized(budget, require_text(text)));
}

Value filter_center(Budget& budget, const Arguments& args) {
  const Value value = normalized(args[0]);
  const double width = truthy(args[1]) ? to_number(budget, args[1]) : 80;
  const double length = to_number(budget, member(budget, value, u"length"));
  if (length >= width) return value;
  const double spaces = width - length;
  std::u16string out(repeats(budget, spaces / 2 - std::fmod(spaces, 2)), u' ');
  append_text(budget, out, value);
  out.append(repeats(budget, spaces / 2), u' ');
  return like(budget, value, std::move(out));
}

Value filter_indent(Budget& budget, const Arguments& args) {
  const Value value = normalized(args[0]);
  if (value.is(Kind::text) && value.text().empty()) return value;
  const std::u16string_view text = require_text(value);
  const std::u16string space(repeats(budget, truthy(args[1]) ? to_number(budget, args[1]) : 4), u' ');
  const bool first = truthy(args[2]);
  budget.read(text.size());
  std::u16string out = first ? space : u"";
  for (std::size_t from = 0;;) {
    const std::size_t end = std::min(text.find(u'\n', from), text.size());
    budget.step();
    budget.build(2 * (end - from + 1 + space.size()));
    out += text.substr(from, end - from);
    if (end == text.size()) break;
    out += u'\n';
    out += space;
    from = end + 1;
  }
  return like(budget, value, std::move(out));
}

Value filter_lower(Budget& budget, const Arguments& args) {
  return text_value(budget, lower(budget, require_text(normalized(args[0]))));
}

Value filter_nl2br(Budget& budget, const Arguments& args) {
  if (args[0].is_nothing()) return text_value(budget, u"");
  const std::u16string unified = replaced(budget, require_text(args[0]), u"\r\n", u"\n", -1);
  return like(budget, args[0], replaced(budget, unified, u"\n", u"<br />\n", -1));
}

Value filter_replace(Budget& budget, const Arguments& args) {
  if (!args[1].is(Kind::text) && !args[1].is(Kind::number)) return args[0];
  const std::u16string old = to_text(budget, args[1]);
  const Value subject = args[0].is(Kind::number) ? text_value(budget, to_text(budget, args[0])) : args[0];
  if (!subject.is_texty()) return subject;
  if (old.empty()) return like(budget, subject, interleaved(budget, subject.text(), args[2]));
  const double most = args[3].is(Kind::undefined) ? -1 : to_number(budget, args[3]);
  if (args[3].is(Kind::number) && most == 0) return subject;
  budget.read(subject.text().size() + old.size());
  if (find(subject.text(), old) == std::u16string_view::npos) return subject;
  const bool unlimited = args[3].is(Kind::undefined) || (args[3].is(Kind::number) && most == -1);
  const double times = unlimited ? -1 : std::isnan(most) || most < 0 ? 0 : most;
  return like(budget, args[0], replaced(budget, subject.text(), old, to_text(budget, args[2]), times));
}

Value filter_string(Budget& budget, const Arguments& args) {
  if (args[0].is(Kind::marked)) return args[0];
  if (args[0].is_nothing()) raise("needs a value, not " + kind_name(args[0]));
  return text_value(budget, to_text(budget, args[0]));
}

Value filter_title(Budget& budget, const Arguments& args) {
  const Value value = normalized(args[0]);
  const std::u16string_view text = require_text(value);
  std::u16string out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(u' ', from), text.size());
    budget.step();
    if (from > 0) out += u' ';
    out += capitalized(budget, text.substr(from, end - from));
    from = end + 1;
  }
  return like(budget, value, std::move(out));
}

Value filter_trim(Budget& budget, const Arguments& args) {
  const std::u16string_view text = require_text(args[0]);
  budget.read(text.size());
  return like(budget, args[0], std::u16string(trimmed(text)));
}

Value filter_truncate(Budget& budget, const Arguments& args) {
  const Value value = normalized(args[0]);
  const double length = truthy(args[1]) ? to_number(budget, args[1]) : 255;
  if (to_number(budget, member(budget, value, u"length")) <= length) return value;
  const std::u16string_view text = require_text(value);
  budget.read(text.size());
  auto cut = static_cast<std::size_t>(std::clamp(to_integer(length), 0.0, static_cast<double>(text.size())));
  if (!truthy(args[2])) {
    const std::size_t last = std::isnan(length) ? text.size() : cut;  // NaN means from the end
    const std::size_t space = text.rfind(u' ', last);
    if (space != std::u16string_view::npos) cut = space;
  }
  std::u16string out(text.substr(0, cut));
  if (args[3].is_nothing()) {
    out += u"...";
  } else {
    append_text(budget, out, args[3]);
  }
  return like(budget, args[0], std::move(out));
}

Value filter_upper(Budget& budget, const Arguments& args) {
  const Value value = normalized(args[0]);
  const std::u16string_view text = require_text(value);
  budget.read(text.size());
  return text_value(budget, text::to_upper_case(text));
}

Value filter_wordcount(Budget& budget, const Arguments& args) {
  static const text::UnitSet word = text::UnitSet::word();
  const Value value = normalized(args[0]);
  if (!truthy(value)) return Value(Value::Null{});
  const std::u16string_view text = require_text(value);
  budget.read(text.size());
  double count = 0;
  bool inside = false;
  for (const char16_t unit : text) {
    const bool now = unit < 0x80 && word.contains(unit);
    count += now && !inside;
    inside = now;
  }
  return count == 0 ? Value(Value::Null{}) : Value(count);
}

}  // namespace assay::templates
