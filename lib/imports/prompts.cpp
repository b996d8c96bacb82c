#include "imports/prompts.hpp"

#include <algorithm>

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

/// Texts that promptfoo takes for the name of a file, though no file:// says so. It fails on "this and/or {{that}}";
/// here a template and a bracket at the beginning make a prompt, and so does a sentence with a character of patterns.
bool looks_like_a_file(std::string_view text) {
  if (text.find('\n') != text.npos) return false;
  if (text.starts_with("file://")) return true;
  const bool sentence = text.find(' ') != text.npos && text.find_first_of("*?[]{}") != text.npos;
  const bool pattern = sentence || text.starts_with('[') || text.starts_with('{');
  if (pattern || text.find("{{") != text.npos || text.find("{%") != text.npos) return false;
  const std::size_t last = text.rfind(':');
  const std::string_view after = last == text.npos ? text : text.substr(last + 1);
  const std::string_view head = last == text.npos ? std::string_view() : text.substr(0, last);
  const std::string_view before = head.rfind(':') == head.npos ? head : head.substr(head.rfind(':') + 1);
  for (const std::string_view part : {after, before}) {
    for (const char* end : {".cjs", ".cts", ".j2", ".js", ".json", ".jsonl", ".md", ".mjs", ".mts", ".py", ".ts",
                            ".txt", ".yml", ".yaml"}) {
      if (part.ends_with(end)) return true;
    }
  }
  const bool short_extension =
      (text.size() >= 3 && text[text.size() - 3] == '.') || (text.size() >= 4 && text[text.size() - 4] == '.');
  return short_extension || text.find_first_of("*/\\") != text.npos;
}

bool is_elsewhere(std::string_view text) {
  return text.starts_with("portkey://") || text.starts_with("langfuse://") || text.starts_with("helicone://");
}

class PromptReader {
 public:
  PromptReader(Files& files, Report& report) : files_(files), report_(report) {}

  std::vector<Prompt> read(const Node& node) {
    if (node.kind == Node::Kind::list) {
      for (const Node& item : node.items) one(item);
    } else if (node.kind == Node::Kind::map) {
      for (const auto& [text, place, label] : node.members) {
        Prompt prompt = made(text, place);
        prompt.label = yaml::as_text(label).value_or(text);
        prompt.labelled = yaml::as_text(label).has_value();
        take(std::move(prompt));
      }
    } else {
      one(node);
    }
    if (prompts_.empty() && !report_.failed()) report_.error(node.place, "prompts: there is none");
    return std::move(prompts_);
  }

 private:
  static Prompt made(std::string raw, const Place& place) {
    Prompt prompt;
    prompt.label = raw;
    prompt.raw = std::move(raw);
    prompt.place = place;
    return prompt;
  }

  void one(const Node& node) {
    if (const auto text = yaml::as_text(node)) return take(made(std::string(*text), node.place));
    if (node.kind != Node::Kind::map)
      return report_.error(node.place, "a prompt must be text, or a map with raw and label");
    static const std::vector<std::string> keys = {"id", "raw", "label", "config", "template", "display", "function"};
    Prompt prompt = made("", node.place);
    for (const auto& [key, place, value] : node.members) {
      const auto text = yaml::as_text(value);
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        report_.unknown_key(place, "a prompt", key, keys);
      } else if (key == "function") {
        report_.error(place, "function: is code; imports take none", "", key);
      } else if (key == "config" && value.kind == Node::Kind::map) {
        prompt.config = value.members;
      } else if (is_one_of(key, {"id", "raw", "label"}) && text) {
        (key == "id" ? prompt.id : key == "raw" ? prompt.raw : prompt.label) = *text;
      } else if (is_one_of(key, {"id", "raw", "label", "config"})) {
        report_.error(value.place, key + (key == "config" ? ": must be a map" : ": must be text"));
      }
    }
    if (prompt.raw.empty()) prompt.raw = prompt.id;
    prompt.labelled = !prompt.label.empty();
    if (!prompt.labelled) prompt.label = prompt.raw;
    if (prompt.raw.empty()) return report_.error(node.place, "a prompt must have its text under raw");
    take(std::move(prompt));
  }

  void take(Prompt prompt) {
    if (is_elsewhere(prompt.raw)) {
      report_.error(prompt.place, prompt.raw + " is kept by another service; write the text in its place");
    } else if (prompt.raw.starts_with("exec:")) {
      report_.error(prompt.place, "a program as a prompt; imports run no code");
    } else if (looks_like_a_file(prompt.raw)) {
      from_file(prompt);
    } else {
      keep(std::move(prompt));
    }
  }

  void from_file(const Prompt& prompt) {
    const std::string reference = prompt.raw.starts_with("file://") ? prompt.raw : "file://" + prompt.raw;
    if (!prompt.raw.starts_with("file://") && prompt.raw.find(' ') != std::string::npos)
      report_.warning(prompt.place,
                      "promptfoo takes this text for the name of a file; if it is a prompt, end it with a line break");
    const std::string extension = extension_of(path_of(reference).value_or(""));
    if (extension == "csv")
      return report_.error(prompt.place, prompt.raw + ": a table of prompts; write them as a list");
    if (is_one_of(extension, {"yaml", "yml", "json"})) {
      const auto tree = files_.tree(reference, prompt.place);
      if (tree) keep_as(prompt, yaml::to_json(*tree));
    } else if (const auto text = files_.prose(reference, prompt.place)) {
      if (extension == "txt")
        split(prompt, *text, true);
      else if (extension == "jsonl")
        split(prompt, *text, false);
      else
        keep_as(prompt, *text);
    }
  }

  /// Prompts between lines of three dashes; or one a line.
  void split(const Prompt& prompt, std::string_view text, bool dashes) {
    std::string part;
    const auto flush = [&] {
      const std::string whole(dashes ? text::trim(part) : std::string_view(part));
      if (!whole.empty()) keep_as(prompt, whole);
      part.clear();
    };
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!dashes || text::trim(line) == "---") flush();
      if (!dashes)
        part = line;
      else if (text::trim(line) != "---")
        part.append(line).append("\n");
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    flush();
  }

  void keep_as(const Prompt& like, std::string raw) {
    Prompt prompt = like;
    prompt.raw = std::move(raw);
    keep(std::move(prompt));
  }
  void keep(Prompt prompt) {
    if (auto conversation = conversation_of(prompt.raw); !conversation)
      return report_.error(prompt.place, "prompt: " + conversation.error());
    prompts_.push_back(std::move(prompt));
  }

  Files& files_;
  Report& report_;
  std::vector<Prompt> prompts_;
};

}  // namespace

bool Prompt::is_meant_by(std::string_view reference) const {
  const auto meant = [&](const std::string& name) {
    if (name.empty()) return false;
    const bool wild = reference.ends_with('*') && name.starts_with(reference.substr(0, reference.size() - 1));
    return name == reference || wild || name.starts_with(std::string(reference) + ":");
  };
  return meant(label) || meant(id);
}

std::vector<Prompt> read_prompts(const Node& node, Files& files, Report& report) {
  return PromptReader(files, report).read(node);
}

}  // namespace assay::imports
