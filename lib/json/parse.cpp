#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "base/require.hpp"
#include "json/document.hpp"
#include "json/tape.hpp"
#include "json/utf8.hpp"

#if defined(__SSE4_2__)
#define RAPIDJSON_SSE42
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

namespace assay::json {
namespace {

constexpr std::size_t padding = 32;  // the reader loads 16 aligned bytes at a time and may look past the end
constexpr std::size_t deepest = 1024;
constexpr unsigned flags =
    rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;

ParseError error_at(std::string_view text, std::size_t offset, std::string message) {
  ParseError error{std::min(offset, text.size()), 1, 1, std::move(message)};
  for (const char c : text.substr(0, error.offset)) {
    if (c == '\n') {
      ++error.line;
      error.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) {
      ++error.column;
    }
  }
  return error;
}

/// Takes the reader's events down as nodes. False stops the reader; `complaint` then says why.
class Recorder {
 public:
  Recorder(Tape& tape, rapidjson::InsituStringStream& stream, const Limits& limits)
      : tape_(tape), stream_(stream), limits_(limits) {}

  bool Null() { return add(Kind::null, here() - 4, 4); }
  bool Bool(bool value) { return value ? add(Kind::boolean, here() - 4, 4, 1) : add(Kind::boolean, here() - 5, 5, 0); }
  bool Int(int) { return numbers_come_as_text(); }
  bool Uint(unsigned) { return numbers_come_as_text(); }
  bool Int64(std::int64_t) { return numbers_come_as_text(); }
  bool Uint64(std::uint64_t) { return numbers_come_as_text(); }
  bool Double(double) { return numbers_come_as_text(); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) { return add(Kind::number, offset(text), length); }
  bool String(const char* text, rapidjson::SizeType length, bool) { return add_text(text, length); }
  bool Key(const char* text, rapidjson::SizeType length, bool) { return add_text(text, length); }
  bool StartObject() { return open(Kind::object); }
  bool StartArray() { return open(Kind::array); }
  bool EndObject(rapidjson::SizeType members) { return close(members); }
  bool EndArray(rapidjson::SizeType elements) { return close(elements); }

  /// Why and where it was stopped; empty when the reader itself is to be asked.
  const std::string& complaint() const { return complaint_; }
  std::size_t complaint_offset() const { return complaint_offset_; }

 private:
  bool numbers_come_as_text() { return stop("a number came unread", here()); }

  std::uint32_t here() const { return static_cast<std::uint32_t>(stream_.Tell()); }
  std::uint32_t offset(const char* text) const { return static_cast<std::uint32_t>(text - tape_.decoded.data()); }

  bool stop(std::string why, std::size_t offset) {
    complaint_ = std::move(why);
    complaint_offset_ = offset;
    return false;
  }

  bool add(Kind kind, std::uint32_t begin, std::uint32_t length, std::uint32_t count = 0) {
    if (tape_.nodes.size() >= limits_.max_values) {
      return stop("more than " + std::to_string(limits_.max_values) + " values", begin);
    }
    tape_.nodes.push_back({begin, length, static_cast<std::uint32_t>(tape_.nodes.size() + 1), count, kind});
    return true;
  }

  bool add_text(const char* text, std::uint32_t length) {
    if (limits_.nul == Limits::Nul::refuse && std::memchr(text, '\0', length) != nullptr) {
      return stop("a NUL character inside a string", offset(text) - 1);
    }
    return add(Kind::string, offset(text) - 1, length);
  }

  bool open(Kind kind) {
    if (open_.size() >= limits_.max_depth)
      return stop("nested deeper than " + std::to_string(limits_.max_depth), here());
    open_.push_back(static_cast<std::uint32_t>(tape_.nodes.size()));
    return add(kind, here(), 0);
  }

  bool close(std::uint32_t count) {
    Node& node = tape_.nodes[open_.back()];
    node.count = count;
    node.length = here() + 1 - node.begin;
    node.next = static_cast<std::uint32_t>(tape_.nodes.size());
    open_.pop_back();
    return true;
  }

  Tape& tape_;
  rapidjson::InsituStringStream& stream_;
  const Limits& limits_;
  std::vector<std::uint32_t> open_;
  std::string complaint_;
  std::size_t complaint_offset_ = 0;
};

/// The number in the four hex digits at `at`, or 0.
unsigned hex4(std::string_view text, std::size_t at) {
  unsigned number = 0;
  if (at + 4 > text.size()) return 0;
  for (const char c : text.substr(at, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      number = number * 16 + static_cast<unsigned>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      number = number * 16 + static_cast<unsigned>(lower - 'a' + 10);
    } else {
      return 0;
    }
  }
  return number;
}

bool is_high(unsigned unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low(unsigned unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// The next escape at or after `at` that stands for half a character, or npos.
std::size_t find_lone_surrogate(std::string_view text, std::size_t at) {
  for (at = text.find('\\', at); at != std::string_view::npos; at = text.find('\\', at)) {
    if (at + 1 >= text.size() || text[at + 1] != 'u') {
      at += 2;
      continue;
    }
    const unsigned unit = hex4(text, at + 2);
    const bool paired =
        is_high(unit) && text.substr(std::min(at + 6, text.size()), 2) == "\\u" && is_low(hex4(text, at + 8));
    if ((is_high(unit) && !paired) || is_low(unit)) return at;
    at += paired ? 12 : 6;
  }
  return std::string_view::npos;
}

/// The text with each lone surrogate escape replaced by the three bytes it would be in UTF-8.
std::string spell_out_surrogates(std::string_view text, std::size_t first) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = first; at != std::string_view::npos; at = find_lone_surrogate(text, done)) {
    out += text.substr(done, at - done);
    append_utf8(out, hex4(text, at + 2));
    done = at + 6;
  }
  return out += text.substr(done);
}

ParseError error_of(const Tape& tape, const rapidjson::ParseResult& result, const Recorder& recorder) {
  if (!recorder.complaint().empty()) return error_at(tape.source, recorder.complaint_offset(), recorder.complaint());
  return error_at(tape.source, result.Offset(), rapidjson::GetParseError_En(result.Code()));
}

/// Where a control character stands that JSON has nowhere, or npos. The reader's wide scan would let U+001A to U+001F
/// pass inside strings.
std::size_t find_control(std::string_view text) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  };
  constexpr std::uint64_t ones = 0x0101010101010101u;
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if (((word - ones * 0x20) & ~word & ones * 0x80) == 0) continue;  // no byte below 0x20
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(at + sizeof word);
    const auto found = std::find_if(end - sizeof word, end, is_control);
    if (found != end) return static_cast<std::size_t>(found - text.begin());
  }
  const auto found = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_control);
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

/// The first object that has a key twice, as an error.
std::optional<ParseError> find_duplicate(const Tape& tape) {
  std::vector<std::pair<std::string_view, std::uint32_t>> keys;
  for (std::uint32_t node = 0; node < tape.nodes.size(); ++node) {
    if (tape.nodes[node].kind != Kind::object) continue;
    keys.clear();
    for (std::uint32_t key = node + 1; key < tape.nodes[node].next; key = tape.nodes[key + 1].next) {
      keys.emplace_back(tape.text_of(tape.nodes[key]), key);
    }
    std::sort(keys.begin(), keys.end());
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    const auto twice = std::adjacent_find(keys.begin(), keys.end(), same);
    if (twice == keys.end()) continue;
    return error_at(tape.source, tape.nodes[(twice + 1)->second].begin,
                    "the key \"" + std::string(twice->first) + "\" stands twice");
  }
  return std::nullopt;
}

}  // namespace

Result<Document, ParseError> parse(std::string_view text, const Limits& limits) {
  require(limits.max_depth <= deepest, "a JSON depth limit is at most 1024");
  const std::size_t most = std::min<std::size_t>(limits.max_bytes, std::numeric_limits<std::uint32_t>::max() - padding);
  if (text.size() > most) return failure(ParseError{0, 1, 1, "longer than " + std::to_string(most) + " bytes"});
  if (const auto control = find_control(text); control != std::string_view::npos) {
    return failure(error_at(text, control, text[control] == '\0' ? "a NUL byte" : "a control character"));
  }
  const bool strict = limits.bytes == Limits::Bytes::strict;
  if (const auto bad = strict ? find_bad_utf8(text) : std::string_view::npos; bad != std::string_view::npos) {
    return failure(error_at(text, bad, "not UTF-8"));
  }
  const std::size_t lone = find_lone_surrogate(text, 0);
  if (strict && lone != std::string_view::npos) return failure(error_at(text, lone, "half a surrogate pair"));

  auto tape = std::make_unique<Tape>();
  tape->source = lone == std::string_view::npos ? std::string(text) : spell_out_surrogates(text, lone);
  tape->decoded.reserve(tape->source.size() + padding);
  tape->decoded.assign(tape->source).append(padding, '\0');
  tape->nodes.reserve(std::min<std::size_t>(tape->source.size() / 16 + 8, 4096));

  rapidjson::InsituStringStream stream(tape->decoded.data());
  Recorder recorder(*tape, stream, limits);
  rapidjson::Reader reader;
  const rapidjson::ParseResult result = reader.Parse<flags>(stream, recorder);
  if (result.IsError()) return failure(error_of(*tape, result, recorder));
  if (limits.duplicates == Limits::Duplicates::refuse) {
    if (auto twice = find_duplicate(*tape)) return failure(std::move(*twice));
  }
  return Document(std::move(tape));
}

}  // namespace assay::json
