#include "loose/flow_reader.hpp"

#include <algorithm>
#include <utility>

#include "loose/flow_scalars.hpp"

namespace assay::loose {
namespace {

constexpr std::size_t most_levels = 100, most_merged_keys = 10'000, most_merged_maps = 100;
constexpr std::string_view core_tags = "tag:yaml.org,2002:";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_break(char c) {
  return c == '\n' || c == '\r';
}
bool is_space(char c) {
  return is_blank(c) || is_break(c);
}
bool is_indicator(char c) {
  return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t';
}
bool is_hex(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f');
}

/// "str" of "!!str" or "!<tag:yaml.org,2002:str>"; "!" as it is; empty when it is another's.
std::optional<std::string> core_name(std::string_view tag) {
  if (tag == "!") return "!";
  if (tag.starts_with("!!")) return std::string(tag.substr(2));
  if (!tag.starts_with("!<" + std::string(core_tags))) return std::nullopt;
  return std::string(tag.substr(2 + core_tags.size(), tag.size() - 3 - core_tags.size()));
}

}  // namespace

std::optional<std::string> FlowReader::read() {
  Read root;
  if (here() != '{' || !read_collection({}, root) || !read_tail() || steps_.run_out()) return std::nullopt;
  return to_json(values_, *root.value, steps_);
}

ValueId FlowReader::add(Value value) {
  values_.push_back(std::move(value));
  return static_cast<ValueId>(values_.size() - 1);
}

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

/// Behind the mapping only comments may stand, and marks that end the document.
bool FlowReader::read_tail() {
  for (;;) {
    skip_space(true);
    if (at_end()) return true;
    if (!at_separator() || here() != '.') return false;
    at_ += 3;
    const std::size_t marked = line_;
    skip_space(true);
    if (!at_end() && line_ == marked) return false;
  }
}

bool FlowReader::read_node(Read& read) {
  if (depth_ >= most_levels) return false;
  ++depth_;
  Properties properties;
  bool content_may_follow = true;
  if (!read_properties(properties, content_may_follow)) return false;
  bool fits = true;
  const char c = content_may_follow ? here() : '\0';
  std::string quoted;
  if (c == '{' || c == '[') {
    fits = read_collection(properties, read);
  } else if (c == '\'' || c == '"') {
    fits = (c == '"' ? read_double_quoted(quoted) : read_single_quoted(quoted)) &&
           add_scalar(properties, quoted, {}, read);
  } else if (c == '*') {
    fits = !properties.any() && read_alias(read);
  } else {
    std::optional<std::string> plain;
    fits = c == '\0' || read_plain(plain);
    if (fits && (plain || properties.any())) fits = add_scalar(properties, std::nullopt, plain.value_or(""), read);
  }
  --depth_;
  return fits;
}

/// A tag and an anchor, in any order. After a line break at the margin their content cannot follow.
bool FlowReader::read_properties(Properties& properties, bool& content_may_follow) {
  while (here() == '!' || here() == '&') {
    if (!(here() == '!' ? read_tag(properties) : read_anchor(properties))) return false;
    if (skip_space(true) > 0 && indent_ == 0) {
      content_may_follow = false;
      return true;
    }
  }
  return true;
}

bool FlowReader::read_tag(Properties& properties) {
  if (properties.tag) return false;
  const std::size_t from = at_++;
  if (here() == '<') {
    while (here() != '>' && here() != '\0') ++at_;
    if (here() != '>') return false;
    ++at_;
  } else {
    while (here() != '\0' && !is_space(here()) && !is_indicator(here())) ++at_;
  }
  properties.tag = core_name(between(from, at_));
  return properties.tag.has_value();
}

bool FlowReader::read_anchor(Properties& properties) {
  if (properties.anchor) return false;
  const std::size_t from = ++at_;
  while (here() != '\0' && !is_space(here()) && !is_indicator(here())) ++at_;
  properties.anchor = std::string(between(from, at_));
  return at_ > from;
}

bool FlowReader::read_alias(Read& read) {
  const std::size_t from = ++at_;
  while (here() != '\0' && !is_space(here()) && !is_indicator(here())) ++at_;
  const auto known = anchors_.find(between(from, at_));
  if (known == anchors_.end()) return false;
  read.value = known->second;
  return true;
}

bool FlowReader::read_collection(const Properties& properties, Read& read) {
  const bool is_map = here() == '{';
  if (properties.tag && *properties.tag != "!" && *properties.tag != (is_map ? "map" : "seq")) return false;
  Value empty;
  empty.kind = is_map ? Value::Kind::map : Value::Kind::list;
  const ValueId id = add(std::move(empty));
  if (properties.anchor) anchors_.insert_or_assign(*properties.anchor, id);
  ++at_;
  bool entry_may_follow = true;
  while (here() != '\0') {
    skip_space(true);
    const char c = here();
    if (c == (is_map ? '}' : ']')) {
      ++at_;
      read.value = id;
      return true;
    }
    if (!entry_may_follow || c == ',' || !read_entry(id)) return false;
    entry_may_follow = here() == ',';
    if (entry_may_follow) ++at_;
  }
  return false;
}

/// "key: value", "key", "? key : value"; in a list also a value alone.
bool FlowReader::read_entry(ValueId collection) {
  const bool in_map = values_[collection].kind == Value::Kind::map;
  const bool is_explicit = here() == '?' && is_space(after(1));
  if (is_explicit) {
    ++at_;
    skip_space(true);
  }
  const std::size_t line = line_;
  Read key, value;
  if (!read_node(key)) return false;
  skip_space(true);
  const bool is_pair = here() == ':' && (in_map || is_explicit || line_ == line);
  if (is_pair) {
    ++at_;
    skip_space(true);
    if (!read_node(value)) return false;
    skip_space(true);
  }
  if (!key.value && !is_pair && !is_explicit) return false;
  if (!in_map && !is_pair && !is_explicit) {
    values_[collection].items.push_back(*key.value);
    return true;
  }
  ValueId map = collection;
  if (!in_map) {
    Value single;
    single.kind = Value::Kind::map;
    map = add(std::move(single));
    values_[collection].items.push_back(map);
  }
  const ValueId key_id = key.value ? *key.value : add_null();
  return add_member(map, key_id, value.value ? *value.value : add_null());
}

bool FlowReader::add_member(ValueId map, ValueId key, ValueId value) {
  if (values_[key].kind == Value::Kind::merge) return merge(map, value);
  auto name = name_of(values_[key]);
  if (!name) return false;
  values_[map].members.emplace_back(std::move(*name), value);
  return true;
}

bool FlowReader::merge(ValueId map, ValueId source) {
  if (values_[source].kind == Value::Kind::map) return merge_one(map, source);
  if (values_[source].kind != Value::Kind::list || values_[source].items.size() > most_merged_maps) return false;
  for (const ValueId item : values_[source].items) {
    if (values_[item].kind != Value::Kind::map || !merge_one(map, item)) return false;
  }
  return true;
}

/// What the map has already stays; of the source's members with the same key the last counts.
bool FlowReader::merge_one(ValueId map, ValueId source) {
  merged_ += 1 + values_[source].members.size();
  if (merged_ > most_merged_keys) return false;
  for (std::size_t index = values_[source].members.size(); index-- > 0;) {
    auto member = values_[source].members[index];
    auto& members = values_[map].members;
    if (!steps_.take(members.size())) return false;
    const auto same = [&](const auto& each) { return each.first == member.first; };
    if (std::none_of(members.begin(), members.end(), same)) members.push_back(std::move(member));
  }
  return true;
}

bool FlowReader::add_scalar(const Properties& properties, std::optional<std::string_view> quoted,
                            std::string_view plain, Read& read) {
  std::optional<Value> value;
  const std::string_view text = quoted.value_or(plain);
  if (properties.tag) {
    value = tagged_value(*properties.tag == "!" ? "str" : *properties.tag, text);
  } else {
    value = quoted ? tagged_value("str", text) : plain_value(text);
  }
  if (!value) return false;
  read.value = add(std::move(*value));
  if (properties.anchor) anchors_.insert_or_assign(*properties.anchor, *read.value);
  return true;
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
