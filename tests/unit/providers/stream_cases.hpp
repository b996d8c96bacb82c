#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/equal.hpp"
#include "providers/streamed_answer.hpp"
#include "tests/unit/providers/cases.hpp"
#include "tests/unit/providers/describe.hpp"

/// The streams under tests/data/providers/streams/; its README.md says how they are written.
namespace assay::providers::cases {

/// CRC-32 of IEEE 802.3, bit by bit, as AWS's event stream sums its frames.
inline std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t sum = 0xFFFFFFFFu;
  for (const char c : bytes) {
    sum ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ (0xEDB88320u & (0u - (sum & 1u)));
  }
  return ~sum;
}

inline std::string big_endian(std::uint64_t number, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(number >> (8 * i));
  return text;
}

/// One AWS frame: prelude and its checksum, headers (all of type string), payload, checksum.
inline std::string aws_frame(json::View view) {
  std::string headers;
  for (const auto& [name, value] : view["headers"].members()) {
    const std::string_view text = value.string_or("");
    headers += big_endian(name.size(), 1) + std::string(name) + '\7' + big_endian(text.size(), 2) + std::string(text);
  }
  const json::View payload = view["payload"];
  const std::string body = payload.is_string() ? std::string(payload.string_or("")) : payload.dump();
  std::string frame = big_endian(headers.size() + body.size() + 16, 4) + big_endian(headers.size(), 4);
  frame += big_endian(crc32(frame), 4) + headers + body;
  return frame + big_endian(crc32(frame), 4);
}

inline std::string aws_frames(const std::string& lines) {
  std::string bytes;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    if (end > at) bytes += aws_frame(json::parse(std::string_view(lines).substr(at, end - at)).value().root());
    at = end + 1;
  }
  return bytes;
}

inline std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return text;
}

struct StreamCase {
  std::string name;
  json::Document document;
  Deployment deployment;
  std::string bytes;
  std::string content_type;
};

inline StreamCase load_stream(DialectKind kind, const std::filesystem::path& path) {
  json::Document document = load_json(path);
  Deployment asked = deployment(kind, document["deployment"]);
  StreamCase loaded{path.stem().string(), std::move(document), std::move(asked), {}, {}};
  const auto beside = [&](const char* extension) { return std::filesystem::path(path).replace_extension(extension); };
  const auto take = [&](const char* extension, const char* type) {
    if (!std::filesystem::exists(beside(extension))) return false;
    loaded.bytes = read_file(beside(extension));
    loaded.content_type = type;
    return true;
  };
  if (take(".sse", "text/event-stream") || take(".ndjson", "application/x-ndjson") || take(".body", "application/json"))
    return loaded;
  if (take(".frames", "application/vnd.amazon.eventstream")) {
    loaded.bytes = aws_frames(loaded.bytes);
  } else if (take(".hex", "application/octet-stream")) {
    loaded.bytes = unhex(without_blanks(std::move(loaded.bytes)));
  } else {
    throw std::runtime_error(path.string() + " has no bytes beside it");
  }
  return loaded;
}

inline std::vector<StreamCase> load_streams(DialectKind kind) {
  const std::filesystem::path folder = ASSAY_SOURCE_DIR "/tests/data/providers/streams/" + folder_of(kind);
  std::vector<StreamCase> streams;
  if (!std::filesystem::exists(folder)) return streams;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") streams.push_back(load_stream(kind, entry.path()));
  }
  return streams;
}

inline http::Failure::Kind break_named(std::string_view name) {
  for (const auto kind :
       {http::Failure::Kind::unreachable, http::Failure::Kind::timed_out, http::Failure::Kind::cut_off,
        http::Failure::Kind::too_large, http::Failure::Kind::bad_answer, http::Failure::Kind::cancelled}) {
    if (http::to_string(kind) == name) return kind;
  }
  throw std::runtime_error("no break is called " + std::string(name));
}

/// What the stream becomes when its bytes arrive in these pieces. A connection that breaks leaves the engine nothing
/// but the transport's failure.
inline Result<Completion, Failure> answer(const StreamCase& given, const std::vector<std::string_view>& pieces) {
  const json::View root = given.document.root();
  http::Response head;
  head.status = static_cast<int>(root["status"].as_int64().value_or(200));
  head.headers = headers(root["headers"]);
  if (head.headers.empty()) head.headers = {{"content-type", given.content_type}};
  const auto most = root["max_bytes"].as_int64().value_or(16 << 20);
  StreamedAnswer streamed(given.deployment, static_cast<std::size_t>(most));
  streamed.head(head.status, head.headers);
  for (const std::string_view piece : pieces) streamed.feed(piece);
  if (!root["breaks"]) return streamed.end(head);
  http::Failure broken;
  broken.kind = break_named(root["breaks"].string_or(""));
  broken.sent = true;
  broken.status = head.status;
  broken.headers = head.headers;
  broken.detail = "the connection broke";
  return streamed.end(broken);
}

/// An expected completion with what may be left out: the raw usage as found, and the usage's source.
inline std::string expected_completion(json::View expected, const Completion& found) {
  std::string text;
  json::Writer out(text);
  const json::View usage = expected["usage"];
  out.begin_object();
  for (const auto& [name, value] : expected.members()) {
    if (name != "usage") out.key(name).view(value);
  }
  out.key("usage").begin_object();
  for (const auto& [name, value] : usage.members()) out.key(name).view(value);
  if (!usage["source"]) out.field("source", usage.size() > 0 ? "provider" : "none");
  if (!usage["raw"]) text_field(out, "raw", found.usage.raw);
  out.end_object().end_object();
  return text;
}

inline bool same_json(std::string_view left, std::string_view right) {
  const auto a = json::parse(left), b = json::parse(right);
  return a && b && json::deep_equal(a->root(), b->root());
}

/// Empty when the answer is the expected one, else what differs.
inline std::string difference(json::View expected, const Completion& found) {
  const std::string is = describe(found), should = expected_completion(expected, found);
  return same_json(is, should) ? std::string() : "is        " + is + "\nshould be " + should;
}

inline std::string difference(json::View expected, const Failure& found) {
  const std::string is = describe(found);
  const json::Document facts = json::parse(is).value();
  if (!expected["may_have_run"] && found.may_have_run) return "may have run: " + is;
  for (const auto& [name, value] : expected.members()) {
    if (name == "partial") {
      if (!found.partial) return "no partial: " + is;
      if (auto other = difference(value, *found.partial); !other.empty()) return "partial " + other;
    } else if (name == "detail_has") {
      if (found.detail.find(value.string_or("?")) == std::string::npos) return "detail: " + is;
    } else if (!json::deep_equal(value, facts[name])) {
      return std::string(name) + " differs: " + is;
    }
  }
  return expected["kind"] ? std::string() : "the case names no kind";
}

inline std::string difference(json::View expected, const Result<Completion, Failure>& found) {
  const bool wanted = expected["completion"].exists();
  if (wanted != found.has_value()) return "is " + describe(found);
  return wanted ? difference(expected["completion"], *found) : difference(expected["failure"], found.error());
}

}  // namespace assay::providers::cases
