#include "config/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace assay::config {
namespace {

/// Without it the parser takes a quote that is never closed for a value that ends with the file.
constexpr const char* document_end = "\n...\n";

/// Leaves the parser: nothing after this can be read.
struct Refused {
  YAML::Mark mark;
  std::string message;
};

/// Builds the tree from the parser's events. Maps and lists that are open wait on a stack.
class Builder final : public YAML::EventHandler {
 public:
  Builder(const std::string& source, const Lines& lines, YamlLimits limits)
      : source_(source), lines_(lines), limits_(limits) {}

  YamlTree take() && { return {std::move(root_), std::move(faults_)}; }
  Fault fault(const YAML::Mark& mark, std::string message) const;
  /// At the end of the text the parser only knows that something is still open: it began after the last thing read.
  Fault syntax_fault(const YAML::Exception& reason) const {
    const bool at_the_end = reason.mark.line >= lines_.count();
    if (at_the_end) return fault(last_, "YAML: a quote or bracket is opened here or below and never closed");
    return fault(reason.mark, "YAML: " + reason.msg);
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) throw Refused{mark, "a second document; one file holds one"};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, "", anchor);
    add(leaf(YamlNode::Kind::null, mark, ""));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused{mark, "aliases are not accepted; write the value out"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check(mark, tag, anchor);
    add(leaf(YamlNode::Kind::scalar, mark, value));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    bool has_key = false;
    std::string key;
    Place key_place;
    bool duplicate = false;
  };

  Place place(const YAML::Mark& mark) const {
    const int line = mark.line + 1;
    return {source_, line, column_of(lines_.line(line), static_cast<std::size_t>(std::max(mark.column, 0)))};
  }
  YamlNode leaf(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& text) const {
    YamlNode node;
    node.kind = kind;
    node.text = text;
    node.place = place(mark);
    return node;
  }
  void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    last_ = mark;
    if (anchor != 0) throw Refused{mark, "anchors are not accepted; write the value out"};
    if (!tag.empty() && tag != "?" && tag != "!") throw Refused{mark, "tags are not accepted"};
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    check(mark, tag, anchor);
    if (stack_.size() >= limits_.depth)
      throw Refused{mark, "nested more than " + std::to_string(limits_.depth) + " deep"};
    if (expects_key()) throw Refused{mark, "a key must be plain text"};
    Open fresh;
    fresh.node = leaf(kind, mark, "");
    stack_.push_back(std::move(fresh));
  }
  void close() {
    YamlNode done = std::move(stack_.back().node);
    stack_.pop_back();
    add(std::move(done));
  }

  bool expects_key() const {
    return !stack_.empty() && stack_.back().node.kind == YamlNode::Kind::map && !stack_.back().has_key;
  }

  void add(YamlNode node) {
    if (stack_.empty()) {
      root_ = std::move(node);
    } else if (stack_.back().node.kind == YamlNode::Kind::list) {
      stack_.back().node.items.push_back(std::move(node));
    } else if (expects_key()) {
      take_key(std::move(node));
    } else {
      take_member(std::move(node));
    }
  }
  void take_key(YamlNode node) {
    Open& map = stack_.back();
    map.has_key = true;
    map.key = std::move(node.text);
    map.key_place = std::move(node.place);
    const auto& members = map.node.members;
    const auto first =
        std::find_if(members.begin(), members.end(), [&map](const auto& member) { return member.key == map.key; });
    map.duplicate = first != members.end();
    if (!map.duplicate) return;
    Fault twice;
    twice.place = map.key_place;
    twice.message = map.key + ": written twice; the first is in line " + std::to_string(first->place.line);
    quote_line(twice, lines_, map.key);
    faults_.push_back(std::move(twice));
  }
  void take_member(YamlNode node) {
    Open& map = stack_.back();
    map.has_key = false;
    if (node.kind == YamlNode::Kind::null) node.place = map.key_place;
    if (!map.duplicate) map.node.members.push_back({std::move(map.key), std::move(map.key_place), std::move(node)});
  }

  const std::string& source_;
  const Lines& lines_;
  YamlLimits limits_;
  int documents_ = 0;
  YAML::Mark last_;
  std::vector<Open> stack_;
  YamlNode root_;
  std::vector<Fault> faults_;
};

Fault Builder::fault(const YAML::Mark& mark, std::string message) const {
  Fault made;
  made.place = mark.is_null() ? Place{source_, 1, 1} : place(mark);
  made.message = std::move(message);
  quote_line(made, lines_, "");
  return made;
}

/// The offset of the first byte that is not part of UTF-8 text, or is a NUL.
std::optional<std::size_t> first_bad_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (lead == 0 || length == 0 || at + length > text.size()) return at;
    for (std::size_t i = 1; i < length; ++i) {
      if ((static_cast<unsigned char>(text[at + i]) & 0xC0U) != 0x80U) return at;
    }
    at += length;
  }
  return std::nullopt;
}

std::optional<Fault> unreadable(const std::string& source, std::string_view text, YamlLimits limits) {
  Fault fault;
  if (text.size() > limits.bytes) {
    fault.place = {source, 1, 1};
    fault.message = "larger than " + std::to_string(limits.bytes / 1024) + " KiB";
    return fault;
  }
  const auto bad = first_bad_byte(text);
  if (!bad) return std::nullopt;
  const std::string_view before = text.substr(0, *bad);
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  fault.place = {source, line, column_of(before.substr(line_start), *bad - line_start)};
  fault.message = "a byte that is not UTF-8 text";
  return fault;
}

}  // namespace

YamlTree read_yaml(const std::string& source, std::string_view text, YamlLimits limits) {
  if (auto fault = unreadable(source, text, limits)) return {YamlNode(), {*fault}};
  const Lines lines(text);
  Builder builder(source, lines, limits);
  std::vector<Fault> broken;
  try {
    std::istringstream in(std::string(text) + document_end);
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) continue;
  } catch (const YAML::Exception& reason) {
    broken.push_back(builder.syntax_fault(reason));
  } catch (const Refused& reason) {
    broken.push_back(builder.fault(reason.mark, reason.message));
  }
  YamlTree tree = std::move(builder).take();
  tree.faults.insert(tree.faults.end(), broken.begin(), broken.end());
  return tree;
}

}  // namespace assay::config
