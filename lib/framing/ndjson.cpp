#include "framing/ndjson.hpp"

namespace assay::framing {
namespace {

void give(std::string_view line, const OnEvent& on_event) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.find_first_not_of(" \t") == std::string_view::npos) return;
  on_event(Event{{}, line});
}

}  // namespace

Result<void, std::string> Ndjson::feed(std::string_view bytes, const OnEvent& on_event) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (line_.size() + piece.size() > limits_.event_bytes) {
      return failure("a line of more than " + std::to_string(limits_.event_bytes) + " bytes");
    }
    if (end == std::string_view::npos) {
      line_.append(piece);
      break;
    }
    bytes.remove_prefix(end + 1);
    if (line_.empty()) {
      give(piece, on_event);
    } else {
      line_.append(piece);
      give(line_, on_event);
      line_.clear();
    }
  }
  return {};
}

void Ndjson::finish(const OnEvent& on_event) {
  give(line_, on_event);
  line_.clear();
}

}  // namespace assay::framing
