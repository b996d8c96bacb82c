#include "providers/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace assay::providers {
namespace {

using std::chrono::milliseconds;
using std::chrono::sys_seconds;
using Wait = std::optional<milliseconds>;

bool digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

Wait clamped(double ms) {
  if (!std::isfinite(ms) || ms < 0) return std::nullopt;
  return milliseconds(static_cast<std::int64_t>(std::ceil(std::min(ms, double(longest_retry_after.count())))));
}

/// Digits with at most one point in front of `text`, taken off it. No sign, no exponent.
std::optional<double> take_number(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() &&
         (digit(text[end]) || (text[end] == '.' && end > 0 && end + 1 < text.size() && digit(text[end + 1]))))
    ++end;
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + end, value, std::chars_format::fixed);
  if (end == 0 || error != std::errc() || stop != text.data() + end) return std::nullopt;
  text.remove_prefix(end);
  return value;
}

std::optional<double> whole_number(std::string_view text) {
  const auto value = take_number(text);
  return text.empty() ? value : std::nullopt;
}

/// Milliseconds in the unit in front of `text`, taken off it.
std::optional<double> take_unit(std::string_view& text) {
  constexpr std::array<std::pair<std::string_view, double>, 19> units{{{"milliseconds", 1},
                                                                       {"millisecond", 1},
                                                                       {"ms", 1},
                                                                       {"minutes", 60e3},
                                                                       {"minute", 60e3},
                                                                       {"mins", 60e3},
                                                                       {"min", 60e3},
                                                                       {"m", 60e3},
                                                                       {"seconds", 1e3},
                                                                       {"second", 1e3},
                                                                       {"secs", 1e3},
                                                                       {"sec", 1e3},
                                                                       {"s", 1e3},
                                                                       {"days", 86400e3},
                                                                       {"day", 86400e3},
                                                                       {"d", 86400e3},
                                                                       {"hours", 3600e3},
                                                                       {"hour", 3600e3},
                                                                       {"h", 3600e3}}};
  for (const auto& [name, ms] : units) {
    if (!text.starts_with(name)) continue;
    text.remove_prefix(name.size());
    return ms;
  }
  return std::nullopt;
}

/// "1h2m3.5s", "2m 13s", "20ms", "46.72 seconds": taken off the front of `text`.
Wait take_duration(std::string_view& text) {
  double total = 0;
  bool any = false;
  for (std::string_view rest = text;;) {
    const auto value = take_number(rest);
    if (!value) break;
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    const auto unit = take_unit(rest);
    if (!unit) break;
    total += *value * *unit;
    any = true;
    text = rest;
    if (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  return any ? clamped(total) : std::nullopt;
}

Wait whole_duration(std::string_view text) {
  const Wait duration = take_duration(text);
  return text.empty() ? duration : std::nullopt;
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<sys_seconds> point(int year, int month, int day, std::string_view clock) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || clock.size() != 8 || clock[2] != ':' || clock[5] != ':') return std::nullopt;
  const auto h = number(clock.substr(0, 2)), m = number(clock.substr(3, 2)), s = number(clock.substr(6, 2));
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*h) + std::chrono::minutes(*m) + std::chrono::seconds(*s);
}

/// "2026-11-21T10:00:00Z", also with a fraction or an offset of ±hh:mm.
std::optional<sys_seconds> parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || lower(text[10]) != 't') return std::nullopt;
  const auto year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const auto local = point(*year, *month, *day, text.substr(11, 8));
  std::string_view zone = text.substr(19);
  if (zone.starts_with('.')) {
    zone.remove_prefix(1);
    while (!zone.empty() && digit(zone.front())) zone.remove_prefix(1);
  }
  if (!local || zone == "Z" || zone == "z") return local;
  if (zone.size() != 6 || zone[3] != ':' || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const auto hours = number(zone.substr(1, 2)), minutes = number(zone.substr(4, 2));
  if (!hours || !minutes) return std::nullopt;
  const auto offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return zone[0] == '+' ? *local - offset : *local + offset;
}

/// The headers of one answer, with its own idea of now.
class Clock {
 public:
  explicit Clock(const http::Headers& headers) {
    if (const auto date = http::find_header(headers, "date")) now_ = parse_http_date(trimmed(*date));
  }
  Wait until(std::optional<sys_seconds> then) const {
    if (!now_ || !then) return std::nullopt;
    return clamped(std::max(0.0, double((*then - *now_).count()) * 1e3));
  }
  Wait until_ms(double since_1970) const {
    if (!now_) return std::nullopt;
    return clamped(std::max(0.0, since_1970 - double(now_->time_since_epoch().count()) * 1e3));
  }

 private:
  std::optional<sys_seconds> now_;
};

Wait from_retry_after(const http::Headers& headers, const Clock& clock) {
  for (const char* name : {"retry-after-ms", "x-ms-retry-after-ms"}) {
    const auto value = http::find_header(headers, name);
    if (const auto ms = value ? whole_number(trimmed(*value)) : std::nullopt) return clamped(*ms);
  }
  const auto value = http::find_header(headers, "retry-after");
  if (!value) return std::nullopt;
  if (const auto seconds = whole_number(trimmed(*value))) return clamped(*seconds * 1e3);
  if (const Wait duration = whole_duration(trimmed(*value))) return duration;
  return clock.until(parse_http_date(trimmed(*value)));
}

/// A reset header, read by its shape.
Wait from_reset(std::string_view text, const Clock& clock) {
  if (const auto value = whole_number(text)) {
    if (*value > 1e12) return clock.until_ms(*value);
    if (*value > 1e9) return clock.until_ms(*value * 1e3);
    return clamped(*value * 1e3);
  }
  if (const auto time = parse_rfc3339(text)) return clock.until(time);
  return whole_duration(text);
}

Wait from_resets(const http::Headers& headers, const Clock& clock) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> limits{
      {{"x-ratelimit-reset-requests", "x-ratelimit-remaining-requests"},
       {"x-ratelimit-reset-tokens", "x-ratelimit-remaining-tokens"},
       {"x-ratelimit-reset-project-tokens", "x-ratelimit-remaining-project-tokens"},
       {"x-ratelimit-reset", "x-ratelimit-remaining"},
       {"anthropic-ratelimit-requests-reset", "anthropic-ratelimit-requests-remaining"},
       {"anthropic-ratelimit-tokens-reset", "anthropic-ratelimit-tokens-remaining"},
       {"anthropic-ratelimit-input-tokens-reset", "anthropic-ratelimit-input-tokens-remaining"},
       {"anthropic-ratelimit-output-tokens-reset", "anthropic-ratelimit-output-tokens-remaining"},
       {"anthropic-priority-input-tokens-reset", "anthropic-priority-input-tokens-remaining"},
       {"anthropic-priority-output-tokens-reset", "anthropic-priority-output-tokens-remaining"}}};
  Wait latest_spent, earliest;
  for (const auto& [reset, remaining] : limits) {
    const auto text = http::find_header(headers, reset);
    const Wait wait = text ? from_reset(trimmed(*text), clock) : std::nullopt;
    if (!wait) continue;
    const auto left = http::find_header(headers, remaining);
    if (left && trimmed(*left) == "0") latest_spent = std::max(latest_spent.value_or(*wait), *wait);
    earliest = std::min(earliest.value_or(*wait), *wait);
  }
  return latest_spent ? latest_spent : earliest;
}

Wait from_message(std::string_view message) {
  std::string text(message.substr(0, 4096));
  std::transform(text.begin(), text.end(), text.begin(), lower);
  for (const std::string_view phrase : {"try again in ", "reset after ", "retry in ", "retry after ", "resets in "}) {
    const std::size_t at = text.find(phrase);
    if (at == std::string::npos) continue;
    std::string_view rest = std::string_view(text).substr(at + phrase.size());
    if (const Wait wait = take_duration(rest)) return wait;
  }
  return std::nullopt;
}

/// The headers of the vendor's answer that LiteLLM hands on.
http::Headers vendors_own(const http::Headers& headers) {
  constexpr std::string_view prefix = "llm_provider-";
  http::Headers own;
  for (const auto& [name, value] : headers) {
    const auto same = [](char ours, char theirs) { return ours == lower(theirs); };
    if (name.size() > prefix.size() && std::equal(prefix.begin(), prefix.end(), name.begin(), same))
      own.emplace_back(name.substr(prefix.size()), value);
  }
  return own;
}

}  // namespace

std::optional<sys_seconds> parse_http_date(std::string_view text) {
  // "Wed, 21 Oct 2026 07:28:00 GMT": the weekday says nothing new.
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29 || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' || text[16] != ' ' ||
      text.substr(25) != " GMT") {
    return std::nullopt;
  }
  const std::size_t month = months.find(text.substr(8, 3));
  const auto day = number(text.substr(5, 2)), year = number(text.substr(12, 4));
  if (month == std::string_view::npos || month % 3 != 0 || !day || !year) return std::nullopt;
  return point(*year, static_cast<int>(month / 3) + 1, *day, text.substr(17, 8));
}

std::optional<milliseconds> seconds_to_wait(double seconds) {
  return clamped(seconds * 1e3);
}

std::optional<milliseconds> seconds_to_wait(std::string_view text) {
  const auto seconds = whole_number(text);
  return seconds ? seconds_to_wait(*seconds) : std::nullopt;
}

std::optional<milliseconds> retry_after(const http::Headers& headers, std::string_view message, bool limited,
                                        std::optional<milliseconds> in_body) {
  const Clock clock(headers);
  const http::Headers behind = vendors_own(headers);
  if (const Wait wait = from_retry_after(headers, clock)) return wait;
  if (const Wait wait = from_retry_after(behind, clock)) return wait;
  if (in_body) return in_body;
  if (limited) {
    if (const Wait wait = from_resets(headers, clock)) return wait;
    if (const Wait wait = from_resets(behind, clock)) return wait;
  }
  return from_message(message);
}

}  // namespace assay::providers
