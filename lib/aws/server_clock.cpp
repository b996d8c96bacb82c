#include "aws/server_clock.hpp"

namespace assay::aws {
namespace {

using std::chrono::seconds;

/// Less than any service minds, more than an answer takes.
constexpr seconds noticeable{60};

bool apart(std::chrono::sys_seconds a, std::chrono::sys_seconds b) {
  return (a < b ? b - a : a - b) >= noticeable;
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// "20150830T123600Z" and nothing else.
std::optional<std::chrono::sys_seconds> parse(std::string_view text) {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  const auto year = number(text.substr(0, 4)), month = number(text.substr(4, 2)), day = number(text.substr(6, 2));
  const auto hour = number(text.substr(9, 2)), minute = number(text.substr(11, 2)), second = number(text.substr(13, 2));
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + seconds(*second);
}

}  // namespace

std::chrono::sys_seconds ServerClock::at(std::chrono::sys_seconds local) {
  last_local_ = local.time_since_epoch().count();
  return local + offset();
}

bool ServerClock::learn(std::chrono::sys_seconds server, std::optional<std::chrono::sys_seconds> signed_at) {
  const std::chrono::sys_seconds local{seconds(last_local_.load())};
  if (local.time_since_epoch() == seconds(0)) return false;  // nothing was signed here
  const bool was_wrong = apart(local + offset(), server);
  if (was_wrong) offset_ = (server - local).count();
  return signed_at ? apart(*signed_at, server) : was_wrong;
}

bool refused_for_its_time(std::string_view code, std::string_view message) {
  for (const std::string_view name : {"RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"}) {
    if (code == name) return true;
  }
  for (const std::string_view words : {"Signature expired", "Signature not yet current"}) {
    if (message.find(words) != std::string_view::npos) return true;
  }
  return false;
}

std::optional<std::chrono::sys_seconds> quoted_time(std::string_view text) {
  for (std::size_t t = text.find('T'); t != std::string_view::npos; t = text.find('T', t + 1)) {
    if (t < 8) continue;
    if (const auto time = parse(text.substr(t - 8, 16))) return time;
  }
  return std::nullopt;
}

}  // namespace assay::aws
