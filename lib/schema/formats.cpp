#include "schema/formats.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "json/number.hpp"
#include "schema/ascii.hpp"
#include "schema/format_checks.hpp"

namespace assay::schema {
namespace {

/// "/a~0b/c" up to the end.
bool take_pointer(Cursor& cursor) {
  while (!cursor.at_end()) {
    if (!cursor.take('/')) return false;
    for (;;) {
      cursor.take_while([](char c) { return c != '~' && c != '/'; });
      if (!cursor.take('~')) break;
      if (!cursor.take_any("01")) return false;
    }
  }
  return true;
}

bool is_whole(double number) {
  return std::isfinite(number) && std::trunc(number) == number;
}
bool is_int32(json::View value) {
  const double number = json::parse_number(value.number_text()).value_or(0.5);
  return is_whole(number) && number >= -2147483648.0 && number <= 2147483647.0;
}
bool is_int64(json::View value) {
  return is_whole(json::parse_number(value.number_text()).value_or(0.5));
}

bool is_base64(std::string_view text) {
  const auto fits = [](char c) { return is_digit(c) || is_letter(c) || c == '+' || c == '/'; };
  if (text.size() % 4 != 0) return false;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return std::all_of(text.begin(), text.end(), fits);
}

constexpr Format text_format(std::string_view name, bool (*fits)(std::string_view),
                             Format::Known known = Format::Known::everywhere) {
  return {name, Format::Of::strings, known, fits, nullptr};
}
constexpr Format number_format(std::string_view name, bool (*fits)(json::View)) {
  return {name, Format::Of::numbers, Format::Known::everywhere, nullptr, fits};
}
constexpr Format idle_format(std::string_view name, Format::Of of) {
  return {name, of, Format::Known::everywhere, nullptr, nullptr};
}

constexpr std::array formats{
    text_format("date", is_date),
    text_format("time", is_time),
    text_format("date-time", is_date_time),
    text_format("iso-time", is_iso_time),
    text_format("iso-date-time", is_iso_date_time),
    text_format("duration", is_duration),
    text_format("uri", is_uri),
    text_format("uri-reference", is_uri_reference),
    text_format("uri-template", is_uri_template),
    text_format("url", is_url),
    text_format("email", is_email),
    text_format("hostname", is_hostname),
    text_format("ipv4", is_ipv4),
    text_format("ipv6", is_ipv6),
    idle_format("regex", Format::Of::patterns),
    text_format("uuid", is_uuid),
    text_format("json-pointer", is_json_pointer),
    text_format("json-pointer-uri-fragment", is_json_pointer_fragment),
    text_format("relative-json-pointer", is_relative_json_pointer),
    text_format("byte", is_base64_line),
    number_format("int32", is_int32),
    number_format("int64", is_int64),
    idle_format("float", Format::Of::nothing),
    idle_format("double", Format::Of::nothing),
    idle_format("password", Format::Of::nothing),
    idle_format("binary", Format::Of::nothing),
    text_format("iri", is_iri, Format::Known::not_to_ajv),
    text_format("iri-reference", is_iri_reference, Format::Known::not_to_ajv),
    text_format("idn-email", is_idn_email, Format::Known::not_to_ajv),
};

}  // namespace

const Format* find_format(std::string_view name) {
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const Format& each) { return each.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

bool is_json_pointer(std::string_view text) {
  Cursor cursor(text);
  return take_pointer(cursor);
}

bool is_relative_json_pointer(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.take('0') && cursor.take_digits() == 0) return false;
  if (cursor.take('#')) return cursor.at_end();
  return take_pointer(cursor);
}

bool is_json_pointer_fragment(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.take('#')) return false;
  while (!cursor.at_end()) {
    if (!cursor.take('/')) return false;
    for (;;) {
      const auto fits = [](char c) { return is_digit(c) || is_letter(c) || is_one_of(c, "_-.!$&'()*+,;:=@"); };
      if (cursor.take_while(fits) > 0 || cursor.take_percent_code()) continue;
      if (!cursor.take('~')) break;
      if (!cursor.take_any("01")) return false;
    }
  }
  return true;
}

bool is_uuid(std::string_view text) {
  Cursor cursor(text);
  cursor.take_letters("urn:uuid:");
  for (const std::size_t length : {8U, 4U, 4U, 4U, 12U}) {
    if (length != 8 && !cursor.take('-')) return false;
    if (cursor.take_while(is_hex, length) != length) return false;
  }
  return cursor.at_end();
}

/// JavaScript's checker is satisfied when one line of the text is base64; an empty line is.
bool is_base64_line(std::string_view text) {
  for (;;) {
    std::size_t end = text.find_first_of("\r\n");
    std::size_t length = 1;
    for (const std::string_view mark : {"\xE2\x80\xA8", "\xE2\x80\xA9"}) {
      const std::size_t at = text.find(mark);
      if (at < end) end = at, length = mark.size();
    }
    if (is_base64(text.substr(0, end))) return true;
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + length);
  }
}

}  // namespace assay::schema
