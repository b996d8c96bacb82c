#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loose/slash_comments.hpp"
#include "loose/steps.hpp"
#include "loose/value.hpp"

namespace assay::loose {

/// Reads one text as js-yaml 5 does when it begins with a brace: a flow mapping, with anchors, aliases, merge keys and
/// the tags of YAML's core schema. Not taken (the text counts as malformed): !!binary, !!set, !!omap, !!pairs. At most
/// 100 levels, as there. Recurses that deep.
class FlowReader {
 public:
  FlowReader(SlashComments& text, Steps& steps) : text_(text), steps_(steps) {}

  /// The mapping as JSON; empty when the text is malformed or the steps have run out.
  std::optional<std::string> read();

 private:
  struct Properties {
    std::optional<std::string> tag, anchor;
    bool any() const { return tag || anchor; }
  };
  struct Read {
    std::optional<ValueId> value;  ///< empty: nothing stands there
  };

  char here() { return text_.at(at_); }
  char after(std::size_t distance) { return text_.at(at_ + distance); }
  bool at_end() { return text_.is_end(at_); }
  std::string_view between(std::size_t from, std::size_t to) { return text_.made().substr(from, to - from); }

  std::size_t skip_space(bool comments);
  void take_line_break();
  bool at_separator();
  bool read_tail();

  // Each is false when the text is malformed.
  bool read_node(Read& read);
  bool read_properties(Properties& properties, bool& content_may_follow);
  bool read_tag(Properties& properties);
  bool read_anchor(Properties& properties);
  bool read_alias(Read& read);
  bool read_collection(const Properties& properties, Read& read);
  bool read_entry(ValueId collection);
  bool read_single_quoted(std::string& text);
  bool read_double_quoted(std::string& text);
  bool skip_escape();
  bool read_plain(std::optional<std::string>& text);
  bool can_begin_plain();
  bool add_scalar(const Properties& properties, std::optional<std::string_view> quoted, std::string_view plain,
                  Read& read);
  bool add_member(ValueId map, ValueId key, ValueId value);
  bool merge(ValueId map, ValueId source);
  bool merge_one(ValueId map, ValueId source);
  ValueId add(Value value);
  ValueId add_null() { return add({}); }

  SlashComments& text_;
  Steps& steps_;
  std::vector<Value> values_;
  std::map<std::string, ValueId, std::less<>> anchors_;
  std::size_t at_ = 0, line_ = 0, line_begin_ = 0, indent_ = 0, depth_ = 2, merged_ = 0;
};

}  // namespace assay::loose
