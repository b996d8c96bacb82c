#include "loose/timestamp.hpp"

#include <algorithm>
#include <cstddef>

#include "loose/flow_chars.hpp"

namespace assay::loose {
namespace {

std::size_t count_digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

/// Reads `least` to `most` digits.
bool take_digits(std::string_view& text, std::size_t least, std::size_t most, int& value) {
  const std::size_t count = std::min(count_digits(text, 0), most);
  if (count < least) return false;
  value = 0;
  for (const char digit : text.substr(0, count)) value = value * 10 + (digit - '0');
  text.remove_prefix(count);
  return true;
}
bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}
void skip_blanks(std::string_view& text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
}

bool is_day(int year, int month, int day) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= (month == 2 && leap ? 29 : days[month - 1]);
}

}  // namespace

bool is_timestamp(std::string_view text) {
  const std::string_view whole = text;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (!take_digits(text, 4, 4, year) || !take(text, '-') || !take_digits(text, 1, 2, month) || !take(text, '-') ||
      !take_digits(text, 1, 2, day) || !is_day(year, month, day)) {
    return false;
  }
  if (text.empty()) return whole.size() == 10;
  if (!take(text, 'T') && !take(text, 't')) {
    const std::size_t before = text.size();
    skip_blanks(text);
    if (text.size() == before) return false;
  }
  if (!take_digits(text, 1, 2, hour) || !take(text, ':') || !take_digits(text, 2, 2, minute) || !take(text, ':') ||
      !take_digits(text, 2, 2, second) || hour > 23 || minute > 59 || second > 59) {
    return false;
  }
  if (take(text, '.')) text.remove_prefix(count_digits(text, 0));
  if (text.empty()) return true;
  skip_blanks(text);
  if (take(text, 'Z')) return text.empty();
  int zone_hour = 0, zone_minute = 0;
  if ((!take(text, '+') && !take(text, '-')) || !take_digits(text, 1, 2, zone_hour)) return false;
  if (take(text, ':') && !take_digits(text, 2, 2, zone_minute)) return false;
  return text.empty() && zone_hour <= 23 && zone_minute <= 59;
}

}  // namespace assay::loose
