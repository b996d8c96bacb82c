#pragma once
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace assay::tools {

/// Whether a text begins with lower-case ASCII letters, whatever their case there.
inline bool begins_with(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t at = 0; at < lower.size(); ++at) {
    const char c = text[at];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower[at]) return false;
  }
  return true;
}

/// Whether a word of lower-case ASCII letters stands anywhere in a text, whatever its case there.
inline bool holds_word(std::string_view text, std::string_view lower) {
  for (std::size_t at = 0; at + lower.size() <= text.size(); ++at) {
    if (begins_with(text.substr(at), lower)) return true;
  }
  return false;
}

inline bool holds_any(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (holds_word(text, word)) return true;
  }
  return false;
}

/// Whether one of the words stands in a text with one of `edges` (or an end of the text) at either side.
inline bool holds_whole(std::string_view text, std::initializer_list<std::string_view> words, std::string_view edges) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && edges.find(text[at - 1]) == edges.npos) continue;
    for (const std::string_view word : words) {
      if (!begins_with(text.substr(at), word)) continue;
      const std::size_t end = at + word.size();
      if (end == text.size() || edges.find(text[end]) != edges.npos) return true;
    }
  }
  return false;
}

}  // namespace assay::tools
