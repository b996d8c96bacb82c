#include "cli/sampling_options.hpp"

#include <algorithm>
#include <array>

#include "cli/context.hpp"
#include "config/load.hpp"
#include "json/document.hpp"
#include "json/writer.hpp"
#include "suite/sampling.hpp"

namespace assay::cli {
namespace {

constexpr std::array<std::array<const char*, 2>, 8> numbers{
    {{"temperature", "0 to 2"},
     {"max_tokens", "the most an answer may have"},
     {"top_p", "0 to 1"},
     {"seed", "a whole number"},
     {"top_k", "a whole number from 1"},
     {"frequency_penalty", "-2 to 2"},
     {"presence_penalty", "-2 to 2"},
     {"reasoning_tokens", "the most that may go into reasoning"}}};

std::string option(std::string key) {
  std::replace(key.begin(), key.end(), '_', '-');
  return "--" + key;
}

/// JSON as it stands in a file.
json::Document document(const std::string& option, const std::string& file) {
  auto text = config::read_small_file(file, std::size_t{4} << 20);
  if (!text) throw Stop{ExitCode::usage, option + " " + file + ": " + text.error()};
  auto parsed = json::parse(*text);
  if (!parsed) throw Stop{ExitCode::usage, option + " " + file + " is not JSON: " + json::to_string(parsed.error())};
  return std::move(*parsed);
}

/// Tools as we store them; OpenAI's list is taken too.
void write_tools(json::Writer& writer, json::View list) {
  if (!list.is_array()) {
    writer.view(list);
    return;
  }
  writer.begin_array();
  for (const json::View tool : list.elements())
    writer.view(tool["type"].string_or("") == "function" && tool["function"].is_object() ? tool["function"] : tool);
  writer.end_array();
}

}  // namespace

void SamplingOptions::add_to(CLI::App& command) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers_[i].key = numbers[i][0];
    command.add_option(option(numbers[i][0]), numbers_[i].text, numbers[i][1])->allow_extra_args(false);
  }
  command.add_option("--stop", stop_, "text that ends the answer; repeat for several")->allow_extra_args(false);
  command.add_option("--reasoning-effort", effort_, "none, minimal, low, medium, high, xhigh, max");
  command.add_option("--tools", tools_file_, "JSON file: a list of tools the model may call");
  command.add_option("--tool-choice", tool_choice_, "auto, none, required, or a tool's name");
  command.add_option("--response-format", format_file_, R"(JSON file: {"type": "json_schema", "name", "schema"})");
  command.add_flag("--log-probs", log_probs_, "ask for the tokens' log probabilities");
  CLI::Option* stream = command.add_flag("--stream", stream_, "take answers piece by piece");
  command.add_flag("--no-stream", no_stream_, "take answers whole")->excludes(stream);
}

std::string SamplingOptions::json() const {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  for (const Number& number : numbers_) {
    if (number.text.empty()) continue;
    const auto parsed = json::parse(number.text);
    if (!parsed || !parsed->root().is_number())
      throw Stop{ExitCode::usage, option(number.key) + " must be a number, not " + number.text};
    writer.key(number.key).view(parsed->root());
  }
  if (!stop_.empty()) {
    writer.key("stop").begin_array();
    for (const std::string& word : stop_) writer.string(word);
    writer.end_array();
  }
  if (!effort_.empty()) writer.field("reasoning_effort", effort_);
  if (!tools_file_.empty()) write_tools(writer.key("tools"), document("--tools", tools_file_).root());
  if (!tool_choice_.empty()) writer.field("tool_choice", tool_choice_);
  if (!format_file_.empty()) writer.key("response_format").view(document("--response-format", format_file_).root());
  if (log_probs_) writer.field("log_probs", true);
  if (stream_ || no_stream_) writer.field("stream", stream_);
  writer.end_object();
  if (text == "{}") return {};
  const auto read = suite::read_sampling(text, "", suite::ToolsAre::here_or_in_the_suite);
  if (!read) throw Stop{ExitCode::usage, option(read.error().path) + " " + read.error().message};
  return text;
}

Sampling SamplingOptions::sampling() const {
  auto read = suite::read_sampling(json(), "", suite::ToolsAre::here_or_in_the_suite);
  return read ? std::move(*read) : Sampling();  // json() has read it once
}

}  // namespace assay::cli
