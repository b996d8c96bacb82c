#include "loose/flow_reader.hpp"

#include <algorithm>
#include <utility>

#include "loose/flow_chars.hpp"

namespace assay::loose {
namespace {

constexpr std::size_t most_levels = 100, most_merged_keys = 10'000, most_merged_maps = 100;
constexpr std::string_view core_tags = "tag:yaml.org,2002:";

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

}  // namespace assay::loose
