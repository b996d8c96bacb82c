#include "fake/script.hpp"

#include <array>

#include "base/digest.hpp"
#include "base/wide.hpp"

namespace assay::fake {

std::string_view to_string(Fault fault) {
  static constexpr std::array<std::string_view, 50> names{"none",
                                                          "cut",
                                                          "cut_before_headers",
                                                          "cut_chunked",
                                                          "reset",
                                                          "never",
                                                          "stall",
                                                          "trickle",
                                                          "endless",
                                                          "large",
                                                          "gzip_bomb",
                                                          "malformed_json",
                                                          "nested",
                                                          "no_choices",
                                                          "empty_content",
                                                          "null_content",
                                                          "nul_text",
                                                          "bad_utf8",
                                                          "html",
                                                          "error_in_200",
                                                          "html_200",
                                                          "wrong_type",
                                                          "gzip",
                                                          "interim",
                                                          "empty_body",
                                                          "garbage_after",
                                                          "tool_arguments_cut",
                                                          "cut_before_content",
                                                          "cut_mid_content",
                                                          "cut_mid_event",
                                                          "no_marker",
                                                          "no_last_marker",
                                                          "reset_mid_content",
                                                          "stall_before_content",
                                                          "stall_mid_content",
                                                          "pings_only",
                                                          "comments_only",
                                                          "error_event",
                                                          "error_event_mid_content",
                                                          "bad_event",
                                                          "unknown_events",
                                                          "ended_twice",
                                                          "whole_for_stream",
                                                          "stream_for_whole",
                                                          "endless_stream",
                                                          "giant_event",
                                                          "giant_line",
                                                          "split_utf8",
                                                          "empty_stream",
                                                          "bad_crc"};
  static_assert(names.size() == static_cast<std::size_t>(last_fault) + 1);
  return names[static_cast<std::size_t>(fault)];
}

bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return true;
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string fingerprint(std::string_view key) {
  return key.empty() ? std::string() : sha256_hex(key).substr(0, 12);
}

std::int64_t nanos_of(const Bill& bill, const Tokens& tokens) {
  const Wide total = static_cast<Wide>(tokens.in - tokens.cached - tokens.written) * bill.input +
                     static_cast<Wide>(tokens.cached) * bill.cached + static_cast<Wide>(tokens.written) * bill.written +
                     static_cast<Wide>(tokens.out) * bill.output;
  return static_cast<std::int64_t>((total + 500'000) / 1'000'000) + bill.per_call;
}

}  // namespace assay::fake
