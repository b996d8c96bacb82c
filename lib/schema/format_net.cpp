#include <algorithm>

#include "base/split.hpp"
#include "schema/ascii.hpp"
#include "schema/format_checks.hpp"
#include "text/surrogate.hpp"

namespace assay::schema {
namespace {

enum class Zeros { refused, allowed };

/// 0 to 255, in at most three digits.
bool take_octet(Cursor& cursor, Zeros leading) {
  const std::string_view from = cursor.rest();
  const std::size_t digits = cursor.take_digits(3);
  if (digits == 0 || (digits > 1 && from[0] == '0' && leading == Zeros::refused)) return false;
  int number = 0;
  for (const char digit : from.substr(0, digits)) number = number * 10 + (digit - '0');
  return number <= 255;
}

bool fits_ipv4(std::string_view text, Zeros leading) {
  Cursor cursor(text);
  for (int octet = 0; octet < 4; ++octet) {
    if (octet > 0 && !cursor.take('.')) return false;
    if (!take_octet(cursor, leading)) return false;
  }
  return cursor.at_end();
}

/// Groups of four hex digits, "::" once for at least one of them, and an IPv4 address for the last two.
bool fits_ipv6(std::string_view text, Zeros leading) {
  Cursor cursor(text);
  int groups = 0;
  bool shortened = cursor.take_text("::"), group_next = !shortened;
  while (!cursor.at_end()) {
    const std::string_view from = cursor.rest();
    if (cursor.take_while(is_hex, 4) == 0 || groups > 8) return false;
    if (cursor.peek() == '.') {
      if (!fits_ipv4(from, leading)) return false;
      groups += 2;
      group_next = false;
      break;
    }
    ++groups;
    group_next = false;
    if (cursor.take_text("::")) {
      if (shortened) return false;
      shortened = true;
    } else if (cursor.take(':')) {
      group_next = true;
    } else if (!cursor.at_end()) {
      return false;
    }
  }
  return !group_next && (shortened ? groups <= 7 : groups == 8);
}

bool is_alphanumeric(char c) {
  return is_digit(c) || is_letter(c);
}

/// Letters, digits and inner hyphens.
bool is_label(std::string_view label, std::size_t longest) {
  const auto fits = [](char c) { return is_alphanumeric(c) || c == '-'; };
  return !label.empty() && label.size() <= longest && std::all_of(label.begin(), label.end(), fits) &&
         label.front() != '-' && label.back() != '-';
}

bool is_local_part(std::string_view text, bool any_script) {
  const auto fits = [any_script](char c) {
    return is_alphanumeric(c) || is_one_of(c, "!#$%&'*+/=?^_`{|}~-") ||
           (any_script && static_cast<unsigned char>(c) >= 0x80);
  };
  for (const std::string_view atom : split(text, '.')) {
    if (atom.empty() || !std::all_of(atom.begin(), atom.end(), fits)) return false;
  }
  return true;
}

bool is_mail_domain(std::string_view text) {
  const auto labels = split(text, '.');
  return labels.size() >= 2 && std::all_of(labels.begin(), labels.end(),
                                           [](std::string_view label) { return is_label(label, label.size()); });
}

bool has_wide(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

bool is_ipv4(std::string_view text) {
  return fits_ipv4(text, Zeros::refused);
}
bool is_ipv6(std::string_view text) {
  return fits_ipv6(text, Zeros::refused);
}
bool is_ipv6_of_uri(std::string_view text) {
  return fits_ipv6(text, Zeros::allowed);
}

bool is_hostname(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty() || text.size() > 253) return false;
  const auto labels = split(text, '.');
  return std::all_of(labels.begin(), labels.end(), [](std::string_view label) { return is_label(label, 63); });
}

bool is_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  return at != std::string_view::npos && is_local_part(text.substr(0, at), false) &&
         is_mail_domain(text.substr(at + 1));
}

bool is_idn_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || !is_local_part(text.substr(0, at), true)) return false;
  const std::string_view domain = text.substr(at + 1);
  if (!has_wide(domain)) return is_mail_domain(domain);
  return domain.find_first_of(" \t\r\n@,;:<>()[]\\\"") == std::string_view::npos;
}

}  // namespace assay::schema
