#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imports/files.hpp"
#include "imports/test.hpp"

namespace assay::imports {

/// One of promptfoo's prompts: a template, and the names by which tests and providers refer to it.
struct Prompt {
  std::string raw, label, id;
  bool labelled = false;  ///< the author gave the label; else it is the text itself
  source::Place place;
  Members config;  ///< what the model is asked to do beyond the text

  /// Whether "name", "start*" or the group "name" of "name:…" means this prompt.
  bool is_meant_by(std::string_view reference) const;
};

/// A prompt as a suite holds it: instructions, and what is asked. A prompt that is no conversation is asked as a whole.
struct Conversation {
  std::string prompt;
  std::optional<std::string> input;
};

/// The prompts of a configuration: text, a list, a map of texts to labels; texts in files through the reader.
std::vector<Prompt> read_prompts(const yaml::Node& node, Files& files, Report& report);

/// Splits chat messages (JSON, or YAML that begins with "- role:") into system and user text. At most one of each, in
/// this order; anything else is an error in words.
Result<Conversation, std::string> conversation_of(const std::string& raw);

}  // namespace assay::imports
