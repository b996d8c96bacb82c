#include "assertions/judgement_json.hpp"

#include "json/storable.hpp"
#include "json/writer.hpp"

namespace assay::assertions {
namespace {

constexpr std::size_t room_for_the_end = 64;
constexpr std::size_t room_for_texts = max_details_bytes / 4 * 3;

void write_text(json::Writer& writer, std::string_view name, const std::string& text) {
  if (!text.empty()) writer.field(name, json::storable_text(text).text);
}

std::string entry(const AssertionResult& result, bool with_texts) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object().field("index", result.index).field("type", json::storable_text(result.type).text);
  if (result.error.empty()) {
    writer.field("passed", result.passed);
  } else {
    writer.key("passed").null();
  }
  if (with_texts) {
    write_text(writer, "expected", result.expected);
    write_text(writer, "found", result.found);
    write_text(writer, "error", result.error);
  }
  writer.end_object();
  return out;
}

}  // namespace

std::string to_json(const Judgement& judgement) {
  std::string out = "[";
  const auto& results = judgement.assertions;
  for (std::size_t at = 0; at < results.size(); ++at) {
    const std::string comma = at > 0 ? "," : "";
    std::string text = entry(results[at], true);
    if (out.size() + text.size() > room_for_texts) text = entry(results[at], false);
    if (out.size() + text.size() > max_details_bytes - room_for_the_end) {
      out += comma + "{\"omitted\":" + std::to_string(results.size() - at) + "}";
      break;
    }
    out += comma + text;
  }
  return out + "]";
}

}  // namespace assay::assertions
