#include "imports/references.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

#include "imports/test.hpp"
#include "yaml/scalar.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

constexpr std::size_t most_values = 200'000;
constexpr std::size_t deepest = 64;

std::optional<unsigned char> hex_byte(std::string_view digits) {
  unsigned char value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return error == std::errc() && end == digits.data() + 2 ? std::optional(value) : std::nullopt;
}

/// One step of a pointer: %XX, then ~1 and ~0.
std::string decoded(std::string_view step) {
  std::string bytes;
  for (std::size_t at = 0; at < step.size(); ++at) {
    const auto byte = step[at] == '%' ? hex_byte(step.substr(at + 1, 2)) : std::nullopt;
    bytes += byte ? static_cast<char>(*byte) : step[at];
    if (byte) at += 2;
  }
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char next = bytes[at] == '~' && at + 1 < bytes.size() ? bytes[at + 1] : '\0';
    text += next == '0' ? '~' : next == '1' ? '/' : bytes[at];
    if (next == '0' || next == '1') ++at;
  }
  return text;
}

const Node* item_at(const Node& list, const std::string& step) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool number = error == std::errc() && end == step.data() + step.size();
  return number && index < list.items.size() ? &list.items[index] : nullptr;
}

const Node* find(const Node& root, std::string_view pointer) {
  const Node* at = &root;
  while (at && !pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string step = decoded(pointer.substr(0, pointer.find('/')));
    at = at->kind == Node::Kind::list ? item_at(*at, step) : at->find(step);
    pointer = pointer.find('/') == pointer.npos ? std::string_view() : pointer.substr(pointer.find('/'));
  }
  return at;
}

class Writer {
 public:
  Writer(const Node& root, Report& report) : root_(root), report_(report) {}

  // Recursion is bounded by `deepest`, whatever points where.
  Node written_out(const Node& node, std::size_t depth) {
    if (stopped_) return {};
    if (++values_ > most_values || depth > deepest) {
      stopped_ = true;
      fail(node.place, depth <= deepest ? "references make more than " + std::to_string(most_values) + " values"
                                        : "references go round, or deeper than " + std::to_string(deepest));
      return {};
    }
    if (const Node* target = node.find("$ref"); target && yaml::as_text(*target)) return followed(node, *target, depth);
    Node made = shell(node);
    for (const Node& item : node.items) made.items.push_back(written_out(item, depth + 1));
    for (const auto& [key, place, value] : node.members)
      made.members.push_back({key, place, written_out(value, depth + 1)});
    return made;
  }

  bool failed() const { return failed_; }

 private:
  static Node shell(const Node& node) {
    Node made;
    made.kind = node.kind;
    made.plain = node.plain;
    made.text = node.text;
    made.place = node.place;
    return made;
  }

  Node followed(const Node& node, const Node& target, std::size_t depth) {
    const std::string_view pointer = target.text;
    const bool local = pointer == "#" || pointer.starts_with("#/");
    const Node* found = local ? find(root_, pointer.substr(1)) : nullptr;
    if (!found) {
      fail(target.place, local ? target.text + " points to nothing in this file"
                               : target.text + ": references lead to places in the same file only (#/…)");
      return {};
    }
    Node made = written_out(*found, depth + 1);
    if (node.members.size() == 1 || made.kind != Node::Kind::map) return made;
    Node both = shell(node);
    for (const auto& [key, place, value] : node.members) {
      if (key != "$ref") both.members.push_back({key, place, written_out(value, depth + 1)});
    }
    for (auto& member : made.members) {
      if (!both.find(member.key)) both.members.push_back(std::move(member));
    }
    return both;
  }

  void fail(const source::Place& place, std::string message) {
    report_.error(place, std::move(message));
    failed_ = true;
  }

  const Node& root_;
  Report& report_;
  std::size_t values_ = 0;
  bool failed_ = false, stopped_ = false;
};

bool has_references(const Node& node) {
  if (node.find("$ref")) return true;
  for (const Node& item : node.items) {
    if (has_references(item)) return true;
  }
  for (const auto& member : node.members) {
    if (has_references(member.value)) return true;
  }
  return false;
}

bool is_left_alone(std::string_view key) {
  return key == "providers" || key == "targets";
}

}  // namespace

bool write_out_references(Node& root, Report& report) {
  if (!has_references(root)) return true;
  if (root.kind != Node::Kind::map) {
    Writer writer(root, report);
    Node made = writer.written_out(root, 0);
    root = std::move(made);
    return !writer.failed();
  }
  Writer writer(root, report);
  std::vector<Node> made;
  for (const auto& member : root.members) {
    if (is_left_alone(member.key)) {
      made.push_back(member.value);
      continue;
    }
    made.push_back(writer.written_out(member.value, 1));
  }
  for (std::size_t i = 0; i < made.size(); ++i) root.members[i].value = std::move(made[i]);
  return !writer.failed();
}

}  // namespace assay::imports
