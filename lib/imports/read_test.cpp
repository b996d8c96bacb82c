#include "imports/read_test.hpp"

#include <algorithm>
#include <cmath>

#include "imports/code.hpp"
#include "text/javascript_text.hpp"
#include "yaml/scalar.hpp"
#include "yaml/to_json.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

const std::vector<std::string>& keys_of(TestRole role) {
  static const std::vector<std::string> in_defaults = {
      "vars",    "provider",  "providers", "prompts", "providerOutput", "assert", "assertScoringFunction",
      "options", "threshold", "metadata"};
  static const std::vector<std::string> elsewhere = [] {
    std::vector<std::string> keys = in_defaults;
    keys.push_back("description");
    return keys;
  }();
  return role == TestRole::defaults ? in_defaults : elsewhere;
}

class TestReader {
 public:
  TestReader(TestRole role, Files& files, Report& report) : role_(role), files_(files), report_(report) {}

  Test read(const Node& node) {
    test_.place = node.place;
    if (node.kind != Node::Kind::map) {
      report_.error(node.place, "a test must be a map with vars and assert");
      return std::move(test_);
    }
    for (const auto& member : node.members) take(member);
    const auto says_something = [](const auto& member) {
      return member.key != "description" && member.value.kind != Node::Kind::null;
    };
    const bool nothing = std::none_of(node.members.begin(), node.members.end(), says_something);
    if (role_ == TestRole::test && nothing)
      report_.error(node.place, "a test must have one of assert, vars, options, metadata, threshold");
    return std::move(test_);
  }

 private:
  void take(const Node::Member& member) {
    const std::string& key = member.key;
    const Node& value = member.value;
    const auto& keys = keys_of(role_);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      report_.unknown_key(member.place, "a test", key, keys);
    } else if (value.kind == Node::Kind::null) {
      return;
    } else if (key == "description") {
      test_.description = text(member);
    } else if (key == "vars") {
      vars(value);
    } else if (key == "assert") {
      test_.assertions = read_assertions(value, files_, report_);
    } else if (key == "threshold") {
      const auto number = yaml::as_number(value);
      if (number && std::isfinite(*number))
        test_.threshold = *number;
      else
        report_.error(value.place, "threshold: must be a number");
    } else if (key == "options") {
      options(value);
    } else if (key == "metadata") {
      if (value.kind == Node::Kind::map)
        test_.metadata = value.members;
      else
        report_.error(value.place, "metadata: must be a map");
    } else if (key == "prompts" || key == "providers") {
      (key == "prompts" ? test_.prompts : test_.providers) = names(member);
    } else if (key == "provider") {
      provider(member);
    } else if (key == "providerOutput") {
      report_.warning(member.place, "providerOutput: kept in metadata only; a model is asked all the same", "", key);
      output_ = Node::Member{"providerOutput", member.place, value};
    } else {
      report_.error(member.place, key + ": is code; imports take none", "", key);
    }
    if (output_) put(test_.metadata, *output_);
  }

  std::optional<std::string> text(const Node::Member& member) {
    if (const auto text = yaml::as_text(member.value)) return std::string(*text);
    report_.error(member.value.place, member.key + ": must be text");
    return std::nullopt;
  }

  std::vector<std::string> names(const Node::Member& member) {
    std::vector<std::string> found;
    if (member.value.kind != Node::Kind::list)
      report_.error(member.value.place, member.key + ": must be a list of names");
    for (const Node& item : member.value.items) {
      if (const auto name = yaml::as_text(item))
        found.emplace_back(*name);
      else
        report_.error(item.place, member.key + ": must be a list of names");
    }
    return found;
  }

  void provider(const Node::Member& member) {
    const Node* id = member.value.kind == Node::Kind::map ? member.value.find("id") : &member.value;
    if (!id || !yaml::as_text(*id)) return report_.error(member.value.place, "provider: must be a name");
    if (id != &member.value && member.value.members.size() > 1)
      report_.warning(member.place, "provider: only its id is carried over", "", member.key);
    if (const auto code = code_named_by(id->text))
      return report_.error(id->place, *code + " as a provider; imports run no code");
    test_.provider = id->text;
  }

  void vars(const Node& value) {
    if (value.kind == Node::Kind::map) {
      Members read;
      for (const auto& [key, place, var] : value.members) {
        if (key == "assert" && var.kind == Node::Kind::list)
          report_.warning(place, "assert: stands under vars; is it meant one level up?", "", key);
        read.push_back({key, place, read_var(var, files_, report_)});
      }
      test_.vars = merged(std::move(test_.vars), read);
      return;
    }
    if (yaml::as_text(value)) return vars_from(value);
    if (value.kind != Node::Kind::list) return report_.error(value.place, "vars: must be a map");
    for (const Node& item : value.items) {
      if (yaml::as_text(item))
        vars_from(item);
      else
        report_.error(item.place, "vars: must be a map, or names of files");
    }
  }
  void vars_from(const Node& file) {
    const auto tree = files_.tree(file.text, file.place);
    if (!tree) return;
    if (tree->kind != Node::Kind::map) return report_.error(file.place, "vars: " + file.text + " holds no map");
    vars(*tree);
  }

  void options(const Node& value) {
    if (value.kind != Node::Kind::map) return report_.error(value.place, "options: must be a map");
    for (const auto& member : value.members) option(member);
  }
  void option(const Node::Member& member) {
    const std::string& key = member.key;
    const Node& value = member.value;
    if (value.kind == Node::Kind::null) return;
    if (is_one_of(key, {"transform", "postprocess", "transformVars"})) {
      report_.error(member.place, key + ": is code; imports take none", "", key);
    } else if (key == "storeOutputAs") {
      report_.error(member.place, "storeOutputAs: the answers of one case cannot be another's question here", "", key);
    } else if (key == "prefix" || key == "suffix") {
      if (yaml::as_text(value))
        test_.options.push_back(member);
      else
        report_.error(value.place, key + ": must be text");
    } else if (key == "disableVarExpansion" || key == "disableDefaultAsserts") {
      if (yaml::as_boolean(value))
        test_.options.push_back(member);
      else
        report_.error(value.place, key + ": must be true or false");
    } else if (key == "repeat") {
      const auto times = yaml::as_number(value);
      if (times && *times >= 1 && *times <= 1e6 && *times == std::floor(*times))
        test_.options.push_back(member);
      else
        report_.error(value.place, "repeat: must be a whole number from 1 on");
    } else if (role_ == TestRole::defaults && is_one_of(key, {"temperature", "max_tokens", "top_p", "seed", "stop"})) {
      test_.options.push_back(member);
    } else {
      report_.warning(member.place, "options." + key + ": not carried over", "", key);
    }
  }

  TestRole role_;
  Files& files_;
  Report& report_;
  Test test_;
  std::optional<Node::Member> output_;
};

Node var_from_file(const Node& node, Files& files, Report& report) {
  const std::string extension = extension_of(*path_of(node.text));
  if (extension == "yaml" || extension == "yml") {
    const auto tree = files.tree(node.text, node.place);
    return tree ? text_node(yaml::to_json(*tree), node.place) : node;
  }
  if (is_one_of(extension, {"pdf", "png", "jpg", "jpeg", "gif", "webp", "bmp", "svg", "mp3", "wav", "m4a", "mp4", "mov",
                            "webm"})) {
    report.error(node.place, node.text + " is no text; only texts are carried over");
    return node;
  }
  const auto text = files.prose(node.text, node.place);
  return text ? text_node(std::string(text::trim(*text)), node.place) : node;
}

}  // namespace

Test read_test(const Node& node, TestRole role, Files& files, Report& report) {
  return TestReader(role, files, report).read(node);
}

Node read_var(const Node& node, Files& files, Report& report) {
  if (node.kind == Node::Kind::list) {
    Node made = node;
    for (Node& item : made.items) {
      if (yaml::as_text(item)) item = read_var(item, files, report);
    }
    return made;
  }
  const auto text = yaml::as_text(node);
  if (!text) return node;
  if (text->starts_with("file://")) return var_from_file(node, files, report);
  if (text->starts_with("package:")) report.error(node.place, "a package as a var; imports run no code");
  return node;
}

}  // namespace assay::imports
