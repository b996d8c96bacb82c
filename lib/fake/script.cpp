#include "fake/script.hpp"

#include "base/digest.hpp"
#include "base/wide.hpp"

namespace assay::fake {

std::string_view to_string(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "none";
    case Fault::cut:
      return "cut";
    case Fault::cut_before_headers:
      return "cut_before_headers";
    case Fault::cut_chunked:
      return "cut_chunked";
    case Fault::reset:
      return "reset";
    case Fault::never:
      return "never";
    case Fault::stall:
      return "stall";
    case Fault::trickle:
      return "trickle";
    case Fault::endless:
      return "endless";
    case Fault::large:
      return "large";
    case Fault::gzip_bomb:
      return "gzip_bomb";
    case Fault::malformed_json:
      return "malformed_json";
    case Fault::nested:
      return "nested";
    case Fault::no_choices:
      return "no_choices";
    case Fault::empty_content:
      return "empty_content";
    case Fault::null_content:
      return "null_content";
    case Fault::nul_text:
      return "nul_text";
    case Fault::bad_utf8:
      return "bad_utf8";
    case Fault::html:
      return "html";
    case Fault::error_in_200:
      return "error_in_200";
  }
  return "none";
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

std::int64_t nanos_of(const Bill& bill, std::int64_t tokens_in, std::int64_t tokens_cached, std::int64_t tokens_out) {
  const Wide total = static_cast<Wide>(tokens_in - tokens_cached) * bill.input +
                     static_cast<Wide>(tokens_cached) * bill.cached + static_cast<Wide>(tokens_out) * bill.output;
  return static_cast<std::int64_t>((total + 500'000) / 1'000'000) + bill.per_call;
}

}  // namespace assay::fake
