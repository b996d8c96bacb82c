#include "http/message.hpp"

#include <algorithm>

namespace assay::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<std::string_view> find_header(const Headers& headers, std::string_view name) {
  for (const auto& [known, value] : headers) {
    if (same_name(known, name)) return value;
  }
  return std::nullopt;
}

std::string_view to_string(Failure::Kind kind) {
  switch (kind) {
    case Failure::Kind::unreachable: return "unreachable";
    case Failure::Kind::timed_out: return "timed out";
    case Failure::Kind::cut_off: return "cut off";
    case Failure::Kind::too_large: return "too large";
    case Failure::Kind::bad_answer: return "bad answer";
    case Failure::Kind::cancelled: return "cancelled";
    case Failure::Kind::internal: return "internal";
  }
  return "internal";
}

}  // namespace assay::http
