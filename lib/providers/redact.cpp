#include "providers/redact.hpp"

#include <algorithm>
#include <array>

#include "json/storable.hpp"
#include "json/utf8.hpp"

namespace assay::providers {
namespace {

constexpr std::string_view mask = "[redacted]";

/// Shorter keys ("dummy") are words that may stand in any text, and longer echoes than this are the key's.
constexpr std::size_t telling_bytes = 8;

constexpr std::array<std::string_view, 10> key_beginnings{"sk-",  "sk_",  "pk-", "rk-", "gsk_",
                                                          "xai-", "AIza", "hf_", "r8_", "key-"};

bool word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool in_key(char c) {
  return word(c) || std::string_view("-*.+/=~").find(c) != std::string_view::npos;
}

/// How many bytes at `at` belong to something that looks like a key.
std::size_t key_length(std::string_view text, std::size_t at) {
  if (at > 0 && word(text[at - 1])) return 0;
  std::string_view rest = text.substr(at);
  const auto run = [&](std::size_t from) {
    std::size_t end = from;
    while (end < rest.size() && in_key(rest[end])) ++end;
    while (end > from && rest[end - 1] == '.') --end;  // the sentence's own full stop
    return end;
  };
  for (const std::string_view scheme : {"Bearer ", "bearer ", "Basic "}) {
    if (rest.starts_with(scheme) && run(scheme.size()) >= scheme.size() + telling_bytes) return run(scheme.size());
  }
  for (const std::string_view beginning : key_beginnings) {
    if (rest.starts_with(beginning) && run(0) >= beginning.size() + telling_bytes) return run(0);
  }
  return 0;
}

/// How many bytes at `at` are the key's own beginning, when there are enough to tell.
std::size_t echo_length(std::string_view text, std::size_t at, std::string_view key) {
  const std::string_view rest = text.substr(at);
  const auto [end, unused] = std::mismatch(
      rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(std::min(rest.size(), key.size())), key.begin());
  const auto same = static_cast<std::size_t>(end - rest.begin());
  return same == key.size() || same >= telling_bytes ? same : 0;
}

}  // namespace

std::string redacted(std::string_view text, const Secret& key, std::size_t max_bytes) {
  // Room for masks that are shorter than what they replace; a key that the cut splits is found by its beginning.
  text = json::truncate_utf8(text, 2 * max_bytes);
  const std::string_view own = key.reveal().size() >= telling_bytes ? key.reveal() : std::string_view();
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t secret = std::max(own.empty() ? 0 : echo_length(text, at, own), key_length(text, at));
    if (secret > 0) {
      clean += mask;
      at += secret;
    } else {
      clean += text[at++];
    }
  }
  return std::string(json::truncate_utf8(json::storable_text(clean).text, max_bytes));
}

}  // namespace assay::providers
