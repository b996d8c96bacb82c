#include "assertions/judgement_json.hpp"

#include "json/storable.hpp"
#include "json/writer.hpp"

namespace assay::assertions {
namespace {

constexpr std::size_t room_for_the_end = 64, most_named_bytes = std::size_t{8} << 10, shown_name_bytes = 256;

/// What an entry keeps as room gets short.
enum class Keep { all, members, itself };

std::string storable(const std::string& text) {
  return json::storable_text(text).text;
}

void write_text(json::Writer& writer, std::string_view name, const std::string& text) {
  if (!text.empty()) writer.field(name, storable(text));
}

void write_entry(json::Writer& writer, const AssertionResult& result, Keep keep, bool every_score) {
  writer.begin_object().field("index", result.index).field("type", storable(result.type));
  if (result.error.empty()) {
    writer.field("passed", result.passed);
    if (every_score || result.score != (result.passed ? 1 : 0)) writer.field("score", result.score);
  } else {
    writer.key("passed").null();
  }
  if (every_score || result.weight != 1) writer.field("weight", result.weight);
  if (keep == Keep::all) {
    write_text(writer, "metric", result.metric);
    write_text(writer, "expected", result.expected);
    write_text(writer, "found", result.found);
    write_text(writer, "where", result.where);
    write_text(writer, "error", result.error);
  }
  if (!result.members.empty() && keep == Keep::itself) writer.field("members_omitted", result.members.size());
  if (!result.members.empty() && keep != Keep::itself) {
    writer.key("members").begin_array();
    for (const AssertionResult& member : result.members) write_entry(writer, member, keep, every_score);
    writer.end_array();
  }
  writer.end_object();
}

std::string entry(const AssertionResult& result, Keep keep, bool every_score) {
  std::string out;
  json::Writer writer(out);
  write_entry(writer, result, keep, every_score);
  return out;
}

}  // namespace

std::string to_json(const Judgement& judgement, const Detail& detail) {
  const std::size_t room_for_texts = detail.max_bytes / 4 * 3, room = detail.max_bytes - room_for_the_end;
  std::string out = "[";
  const auto& results = judgement.assertions;
  for (std::size_t at = 0; at < results.size(); ++at) {
    const std::string comma = at > 0 ? "," : "";
    std::string text = entry(results[at], Keep::all, detail.every_score);
    if (out.size() + text.size() > room_for_texts) text = entry(results[at], Keep::members, detail.every_score);
    if (out.size() + text.size() > room_for_texts && !results[at].members.empty())
      text = entry(results[at], Keep::itself, detail.every_score);
    if (out.size() + text.size() > room) {
      out += comma + "{\"omitted\":" + std::to_string(results.size() - at) + "}";
      break;
    }
    out += comma + text;
  }
  return out + "]";
}

std::string named_scores_json(const Judgement& judgement) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  std::size_t written = 0;
  for (const auto& [name, score] : judgement.named_scores) {
    if (out.size() > most_named_bytes) {
      writer.field("\xE2\x80\xA6", judgement.named_scores.size() - written);
      break;
    }
    writer.field(json::storable_text(name.substr(0, shown_name_bytes)).text, score);
    ++written;
  }
  writer.end_object();
  return out;
}

std::string details_json(const Judgement& judgement, const Detail& detail) {
  std::string end;
  if (judgement.first_failed) end += ",\"first_failed\":" + std::to_string(*judgement.first_failed);
  if (judgement.first_failed || judgement.verdict == Verdict::fail) {
    end += ",\"reason\":";
    json::append_quoted(end, storable(judgement.reason));
  }
  if (!judgement.named_scores.empty()) end += ",\"named_scores\":" + named_scores_json(judgement);
  Detail rest = detail;
  rest.max_bytes -= end.size() + sizeof("{\"assertions\":}");
  return "{\"assertions\":" + to_json(judgement, rest) + end + "}";
}

}  // namespace assay::assertions
