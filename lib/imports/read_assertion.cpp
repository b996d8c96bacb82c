#include <algorithm>
#include <cmath>

#include "imports/assertion_types.hpp"
#include "imports/code.hpp"
#include "imports/read_test.hpp"
#include "text/javascript_text.hpp"
#include "yaml/scalar.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

const std::vector<std::string>& plain_keys() {
  static const std::vector<std::string> keys = {"type",   "value",     "threshold",        "weight",   "metric",
                                                "config", "transform", "contextTransform", "provider", "rubricPrompt"};
  return keys;
}

const std::vector<std::string>& set_keys() {
  static const std::vector<std::string> keys = {"type", "assert", "threshold", "weight", "metric", "config"};
  return keys;
}

constexpr std::size_t most_in_a_test = 10'000;

class AssertionReader {
 public:
  AssertionReader(Files& files, Report& report) : files_(files), report_(report) {}

  std::optional<Node> read(const Node& node, bool in_set) {
    if (node.kind != Node::Kind::map) {
      report_.error(node.place, "an assertion must be a map with a type");
      return std::nullopt;
    }
    const Node* type = node.find("type");
    if (!type || !yaml::as_text(*type)) {
      report_.error(type ? type->place : node.place, "an assertion must have a type, as text");
      return std::nullopt;
    }
    made_ = {};
    made_.kind = Node::Kind::map;
    made_.place = node.place;
    const bool set = type->text == "assert-set";
    if (set && in_set) {
      report_.error(type->place, "assert-set: a set holds plain assertions only");
      return std::nullopt;
    }
    if (!set) check_type(*type);
    for (const auto& member : node.members) take(member, set);
    if (set && !node.find("assert")) wrong(node.place, "assert-set: must have a list assert");
    return right_ ? std::optional(std::move(made_)) : std::nullopt;
  }

 private:
  void wrong(const Place& place, std::string message, std::string_view shown = "") {
    report_.error(place, std::move(message), "", shown);
    right_ = false;
  }

  void check_type(const Node& type) {
    if (type.text == "python" || type.text == "ruby" || type.text == "not-python" || type.text == "not-ruby") {
      wrong(type.place, type.text + ": is code; imports take no scripts");
    } else if (type.text == "human") {
      wrong(type.place, "human: is judged by a person, not by a program");
    } else if (!is_known_type(type.text)) {
      report_.misspelt(type.place, type.text + ": no such assertion", type.text, known_types());
      right_ = false;
    }
  }

  void take(const Node::Member& member, bool set) {
    const std::string& key = member.key;
    const auto& keys = set ? set_keys() : plain_keys();
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      report_.unknown_key(member.place, "an assertion", key, keys);
      right_ = false;
    } else if (key == "value") {
      keep(member, value(member.value));
    } else if (member.value.kind == Node::Kind::null) {
      return;
    } else if (key == "threshold" || key == "weight") {
      number(member);
    } else if (key == "metric") {
      if (yaml::as_text(member.value)) return keep(member, member.value);
      wrong(member.value.place, key + ": must be text");
    } else if (key == "config") {
      if (member.value.kind == Node::Kind::map) return keep(member, member.value);
      wrong(member.value.place, key + ": must be a map");
    } else if (key == "transform" || key == "contextTransform") {
      wrong(member.place, key + ": is code; imports take none", key);
    } else if (key == "provider" || key == "rubricPrompt") {
      report_.warning(member.place, key + ": not carried over; the suite's own judge is used", "", key);
    } else if (key == "assert") {
      members(member);
    } else {
      keep(member, member.value);
    }
  }

  void number(const Node::Member& member) {
    const auto number = yaml::as_number(member.value);
    if (number && std::isfinite(*number)) return keep(member, member.value);
    wrong(member.value.place, member.key + ": must be a number");
  }

  void members(const Node::Member& member) {
    if (member.value.kind != Node::Kind::list) return wrong(member.value.place, "assert: must be a list");
    Node list;
    list.kind = Node::Kind::list;
    list.place = member.value.place;
    for (const Node& item : member.value.items) {
      auto read = AssertionReader(files_, report_).read(item, true);
      right_ = right_ && read;
      if (read) list.items.push_back(std::move(*read));
    }
    keep(member, std::move(list));
  }

  /// A value in a file becomes what the file holds.
  Node value(const Node& node) {
    const auto text = yaml::as_text(node);
    if (!text) return node;
    if (const auto code = code_named_by(*text)) {
      wrong(node.place, *code + " as a value; imports run no code");
      return node;
    }
    const auto path = path_of(*text);
    if (!path) return node;
    const std::string extension = extension_of(*path);
    if (extension == "json" || extension == "yaml" || extension == "yml") {
      auto tree = files_.tree(*text, node.place);
      right_ = right_ && tree;
      return tree ? std::move(*tree) : node;
    }
    if (extension != "txt") {
      wrong(node.place, *path + ": a value is read from .txt, .json, .yaml and .yml files only");
      return node;
    }
    const auto held = files_.prose(*text, node.place);
    right_ = right_ && held;
    return held ? text_node(std::string(text::trim(*held)), node.place) : node;
  }

  void keep(const Node::Member& member, Node value) {
    made_.members.push_back({member.key, member.place, std::move(value)});
  }

  Files& files_;
  Report& report_;
  Node made_;
  bool right_ = true;
};

}  // namespace

std::optional<Node> read_assertion(const Node& node, Files& files, Report& report) {
  return AssertionReader(files, report).read(node, false);
}

std::vector<Node> read_assertions(const Node& list, Files& files, Report& report) {
  std::vector<Node> made;
  if (list.kind == Node::Kind::null) return made;
  if (list.kind != Node::Kind::list) {
    report.error(list.place, "assert: must be a list of assertions");
    return made;
  }
  if (list.items.size() > most_in_a_test) {
    report.error(list.place, std::to_string(list.items.size()) + " assertions; a test holds at most " +
                                 std::to_string(most_in_a_test));
    return made;
  }
  for (const Node& item : list.items) {
    if (auto read = read_assertion(item, files, report)) made.push_back(std::move(*read));
  }
  return made;
}

}  // namespace assay::imports
