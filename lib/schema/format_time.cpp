#include "schema/ascii.hpp"
#include "schema/format_checks.hpp"
#include "text/surrogate.hpp"
#include "text/unit_set.hpp"

namespace assay::schema {
namespace {

bool is_leap_year(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_of(int month, int year) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

struct Zone {
  bool given = false;
  int minutes = 0;  ///< east of UTC
  bool fits = true;
};

/// "Z", "+01:30", "+0130", "+01" or nothing.
Zone take_zone(Cursor& cursor) {
  if (cursor.take_any("zZ")) return {true, 0, true};
  const bool west = cursor.peek() == '-';
  if (!cursor.take_any("+-")) return {};
  const int hours = cursor.take_number(2);
  int minutes = 0;
  if (cursor.take(':') || is_digit(cursor.peek())) minutes = cursor.take_number(2);
  const int offset = hours * 60 + minutes;
  return {true, west ? -offset : offset, hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59};
}

/// Second 60 exists only at 23:59 UTC.
bool is_leap_second(int hour, int minute, int offset) {
  const int east = offset < 0 ? -1 : 1, apart = offset * east;
  const int utc_minute = minute - apart % 60 * east;
  const int utc_hour = hour - apart / 60 * east - (utc_minute < 0 ? 1 : 0);
  return (utc_hour == 23 || utc_hour == -1) && (utc_minute == 59 || utc_minute == -1);
}

bool fits_time(std::string_view text, bool zone_needed) {
  Cursor cursor(text);
  const int hour = cursor.take_number(2);
  if (hour < 0 || !cursor.take(':')) return false;
  const int minute = cursor.take_number(2);
  if (minute < 0 || !cursor.take(':')) return false;
  const int second = cursor.take_number(2);
  if (second < 0 || (cursor.take('.') && cursor.take_digits() == 0)) return false;
  const Zone zone = take_zone(cursor);
  if (!cursor.at_end() || !zone.fits || (zone_needed && !zone.given)) return false;
  if (hour <= 23 && minute <= 59 && second < 60) return true;
  return second < 61 && is_leap_second(hour, minute, zone.minutes);
}

/// The place of the only "T", "t" or white space, and its length; 0 when there is none or more than one.
struct Mark {
  std::size_t at = 0, length = 0;
};
Mark find_mark(std::string_view text) {
  static const text::UnitSet space = text::UnitSet::space();
  Mark mark;
  for (std::size_t at = 0; at < text.size();) {
    const text::Step step = text::next_character(text, at);
    const char32_t c = step.code_point;
    if (c == 'T' || c == 't' || (c <= 0xFFFF && space.contains(static_cast<char16_t>(c)))) {
      if (mark.length != 0) return {};
      mark = {at, step.length};
    }
    at += step.length;
  }
  return mark;
}

bool fits_date_time(std::string_view text, bool zone_needed) {
  const Mark mark = find_mark(text);
  return mark.length != 0 && is_date(text.substr(0, mark.at)) &&
         fits_time(text.substr(mark.at + mark.length), zone_needed);
}

/// "3D": false when other than the letter follows the digits; nothing at all is fine.
bool take_amount(Cursor& cursor, char unit) {
  Cursor ahead = cursor;
  if (ahead.take_digits() > 0 && ahead.take(unit)) {
    cursor = ahead;
    return true;
  }
  return false;
}

}  // namespace

bool is_date(std::string_view text) {
  Cursor cursor(text);
  const int year = cursor.take_number(4);
  if (year < 0 || !cursor.take('-')) return false;
  const int month = cursor.take_number(2);
  if (month < 1 || month > 12 || !cursor.take('-')) return false;
  const int day = cursor.take_number(2);
  return day >= 1 && day <= days_of(month, year) && cursor.at_end();
}

bool is_time(std::string_view text) {
  return fits_time(text, true);
}
bool is_iso_time(std::string_view text) {
  return fits_time(text, false);
}
bool is_date_time(std::string_view text) {
  return fits_date_time(text, true);
}
bool is_iso_date_time(std::string_view text) {
  return fits_date_time(text, false);
}

bool is_duration(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.take('P') || cursor.at_end()) return false;
  if (take_amount(cursor, 'W')) return cursor.at_end();
  for (const char unit : std::string_view("YMD")) take_amount(cursor, unit);
  if (cursor.take('T')) {
    if (!is_digit(cursor.peek())) return false;
    for (const char unit : std::string_view("HMS")) take_amount(cursor, unit);
  }
  return cursor.at_end();
}

}  // namespace assay::schema
