#include "suite/sampling.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <limits>
#include <memory>
#include <set>
#include <utility>

#include "json/document.hpp"

namespace assay::suite {
namespace {

using json::View;

constexpr std::int64_t most_tokens = 10'000'000;
constexpr std::size_t most_stops = 16, most_stop_bytes = 256, most_tools = 128, most_bytes = std::size_t{1} << 20;
constexpr const char* tool_form =
    R"(must be a list of {"name": …, "description": …, "parameters": {a JSON Schema}}, 1 to 128 of them)";
constexpr const char* format_form =
    R"(must be {"type": "json_object"} or {"type": "json_schema", "name": …, "schema": {…}})";

bool absent(View value) {
  return !value.exists() || value.is_null();
}

/// What every vendor takes as the name of a tool or a schema.
bool is_name(View value) {
  const std::string_view text = value.string_or("");
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), fits);
}

/// Reads wishes one after another and remembers the first fault.
class Wishes {
 public:
  explicit Wishes(const std::string& path) : path_(path) {}

  Sampling read(View root, ToolsAre tools) {
    Sampling sampling;
    if (!root.is_object()) {
      fault("", "must be an object, such as {\"temperature\": 0, \"max_tokens\": 1024}");
      return sampling;
    }
    only(root, "",
         {"temperature", "max_tokens", "top_p", "seed", "stop", "top_k", "frequency_penalty", "presence_penalty",
          "reasoning_effort", "reasoning_tokens", "log_probs", "response_format", "tools", "tool_choice",
          "parallel_tool_calls", "stream"});
    sampling.temperature = number(root, "temperature", 0, 2);
    sampling.top_p = number(root, "top_p", 0, 1);
    sampling.max_tokens = whole(root, "max_tokens", 1, most_tokens);
    sampling.seed =
        whole(root, "seed", std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
    sampling.stop = stops(root["stop"]);
    Asking asking = this->asking(root);
    choice(asking, root["tool_choice"], tools);
    if (asks_) sampling.asking = std::make_shared<const Asking>(std::move(asking));
    return sampling;
  }

  bool failed() const { return failed_; }
  Fault fault() && { return std::move(fault_); }

 private:
  void fault(const std::string& key, std::string message) {
    if (std::exchange(failed_, true)) return;
    fault_ = {key.empty() || path_.empty() ? path_ + key : path_ + '.' + key, std::move(message)};
  }

  void only(View object, const std::string& place, std::initializer_list<std::string_view> known) {
    for (const auto& [key, value] : object.members()) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      fault((place.empty() ? "" : place + '.') + std::string(key), "is not a key this program knows");
    }
  }

  /// The member, if it says something. What is asked beyond sampling counts as asked.
  static View wish(View object, std::string_view key) { return absent(object[key]) ? View() : object[key]; }

  std::optional<double> number(View root, const char* key, int low, int high) {
    const View value = wish(root, key);
    if (!value) return std::nullopt;
    const auto found = value.as_double();
    if (!found || *found < low || *found > high)
      fault(key, "must be a number from " + std::to_string(low) + " to " + std::to_string(high));
    return found;
  }

  std::optional<std::int64_t> whole(View root, const char* key, std::int64_t low, std::int64_t high) {
    const View value = wish(root, key);
    if (!value) return std::nullopt;
    const auto found = value.as_int64();
    if (!found || *found < low || *found > high) {
      const bool any = high == std::numeric_limits<std::int64_t>::max();
      fault(key, any ? "must be a whole number of 64 bits"
                     : "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return found;
  }

  std::optional<bool> truth(View root, const char* key) {
    const View value = wish(root, key);
    if (!value) return std::nullopt;
    const auto found = value.as_bool();
    if (!found) fault(key, "must be true or false");
    asks_ = true;
    return found;
  }

  std::vector<std::string> stops(View value) {
    std::vector<std::string> found;
    if (absent(value)) return found;
    const auto take = [&](View text) {
      const std::string_view word = text.string_or("");
      if (word.empty() || word.size() > most_stop_bytes)
        fault("stop", "must be a text of 1 to 256 bytes, or a list of at most 16");
      found.emplace_back(word);
    };
    if (!value.is_array()) {
      take(value);
      return found;
    }
    if (value.size() > most_stops) fault("stop", "must be a text of 1 to 256 bytes, or a list of at most 16");
    for (const View text : value.elements()) take(text);
    return found;
  }

  Asking asking(View root) {
    Asking asking;
    asking.top_k = whole(root, "top_k", 1, most_tokens);
    asking.frequency_penalty = number(root, "frequency_penalty", -2, 2);
    asking.presence_penalty = number(root, "presence_penalty", -2, 2);
    asking.reasoning_tokens = whole(root, "reasoning_tokens", 0, most_tokens);
    asks_ = asks_ || asking.top_k || asking.frequency_penalty || asking.presence_penalty || asking.reasoning_tokens;
    asking.reasoning_effort = effort(wish(root, "reasoning_effort"));
    asking.log_probs = truth(root, "log_probs").value_or(false);
    asking.parallel_tool_calls = truth(root, "parallel_tool_calls");
    asking.stream = truth(root, "stream");
    asking.response_format = response_format(wish(root, "response_format"));
    asking.tools = tools(wish(root, "tools"));
    return asking;
  }

  std::string effort(View value) {
    static constexpr std::array<std::string_view, 7> words{"none", "minimal", "low", "medium", "high", "xhigh", "max"};
    if (!value) return {};
    asks_ = true;
    const std::string_view word = value.string_or("");
    if (std::find(words.begin(), words.end(), word) == words.end())
      fault("reasoning_effort", "must be none, minimal, low, medium, high, xhigh or max");
    return std::string(word);
  }

  std::string response_format(View value) {
    if (!value) return {};
    asks_ = true;
    if (!value.is_object()) fault("response_format", format_form);
    const std::string_view type = value["type"].string_or("");
    if (type == "json_schema") {
      only(value, "response_format", {"type", "name", "schema", "strict"});
      if (!is_name(value["name"])) fault("response_format.name", "must be 1 to 64 of A-Z a-z 0-9 _ -");
      if (!value["schema"].is_object()) fault("response_format.schema", "must be a JSON Schema: an object");
      if (!absent(value["strict"]) && !value["strict"].as_bool())
        fault("response_format.strict", "must be true or false");
    } else if (type == "json_object") {
      only(value, "response_format", {"type"});
    } else {
      fault(value.is_object() ? "response_format.type" : "response_format", format_form);
    }
    return sized("response_format", value);
  }

  std::string tools(View list) {
    if (!list) return {};
    asks_ = true;
    if (!list.is_array() || list.size() == 0 || list.size() > most_tools) {
      fault("tools", tool_form);
      return {};
    }
    std::size_t place = 0;
    for (const View tool : list.elements()) one_tool(tool, "tools[" + std::to_string(place++) + "]");
    return sized("tools", list);
  }

  void one_tool(View tool, const std::string& place) {
    if (!tool.is_object()) return fault(place, "must be an object with a name");
    only(tool, place, {"name", "description", "parameters", "strict"});
    if (!is_name(tool["name"])) return fault(place + ".name", "must be 1 to 64 of A-Z a-z 0-9 _ -");
    if (!names_.emplace(tool["name"].string_or("")).second) fault(place + ".name", "names a tool twice");
    if (!absent(tool["description"]) && !tool["description"].is_string())
      fault(place + ".description", "must be a text");
    if (!absent(tool["parameters"]) && !tool["parameters"].is_object())
      fault(place + ".parameters", "must be a JSON Schema: an object");
    if (!absent(tool["strict"]) && !tool["strict"].as_bool()) fault(place + ".strict", "must be true or false");
  }

  std::string sized(const char* key, View value) {
    std::string text = value.dump();
    if (text.size() > most_bytes) fault(key, "is larger than 1 MiB");
    return text;
  }

  void choice(Asking& asking, View value, ToolsAre tools) {
    if (absent(value)) return;
    asks_ = true;
    asking.tool_choice = value.string_or("");
    if (!is_name(value)) return fault("tool_choice", "must be auto, none, required, or the name of a tool");
    const bool word = asking.tool_choice == "auto" || asking.tool_choice == "none";
    if (word || (names_.empty() && tools == ToolsAre::here_or_in_the_suite)) return;
    const bool offered = asking.tool_choice == "required" ? !names_.empty() : names_.count(asking.tool_choice) != 0;
    if (!offered) fault("tool_choice", "names a tool that is not offered");
  }

  const std::string& path_;
  std::set<std::string, std::less<>> names_;  ///< of the tools offered
  bool asks_ = false;                         ///< for more than Sampling itself holds
  bool failed_ = false;
  Fault fault_;
};

}  // namespace

Result<Sampling, Fault> read_sampling(View object, const std::string& path, ToolsAre tools) {
  Wishes wishes(path);
  Sampling sampling = wishes.read(object, tools);
  if (wishes.failed()) return failure(std::move(wishes).fault());
  return sampling;
}

Result<Sampling, Fault> read_sampling(std::string_view json_text, const std::string& path, ToolsAre tools) {
  if (json_text.empty()) return Sampling();
  json::Limits limits;
  limits.max_depth = 1024;
  const auto document = json::parse(json_text, limits);
  if (!document) return failure(Fault{path, "is not JSON: " + to_string(document.error())});
  return read_sampling(document->root(), path, tools);
}

}  // namespace assay::suite
