#include "json/utf8.hpp"
#include "schema/ascii.hpp"
#include "schema/format_checks.hpp"

namespace assay::schema {
namespace {

/// What differs between the four: RFC 3986 as the checker of ajv-formats writes it down, and RFC 3987.
struct Rules {
  bool needs_scheme = true;
  bool quotes = false;      ///< the checker takes " in references
  bool any_script = false;  ///< characters from U+00A0 on
};

constexpr std::string_view path_marks = "-._~!$&'()*+,;=:@";

bool take_wide(Cursor& cursor) {
  const json::Decoded step = json::decode_utf8(cursor.rest(), 0);
  if (!step.valid || step.code_point < 0xA0) return false;
  Cursor ahead = cursor;
  ahead.take_while([](char) { return true; }, step.length);
  cursor = ahead;
  return true;
}

/// One character of a path, or of what `extra` adds.
bool take_char(Cursor& cursor, const Rules& rules, std::string_view extra) {
  if (cursor.at_end()) return false;
  const char c = cursor.peek();
  if (is_digit(c) || is_letter(c) || is_one_of(c, path_marks) || is_one_of(c, extra) || (rules.quotes && c == '"')) {
    return cursor.take(c);
  }
  return cursor.take_percent_code() || (rules.any_script && take_wide(cursor));
}

bool take_scheme(Cursor& cursor) {
  Cursor ahead = cursor;
  if (ahead.take_while(is_letter, 1) == 0) return false;
  ahead.take_while([](char c) { return is_digit(c) || is_letter(c) || is_one_of(c, "+-."); });
  if (!ahead.take(':')) return false;
  cursor = ahead;
  return true;
}

/// "v1.anything" inside brackets.
bool is_future_address(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.take_any("vV") || cursor.take_while(is_hex) == 0 || !cursor.take('.')) return false;
  const auto fits = [](char c) { return is_digit(c) || is_letter(c) || is_one_of(c, "-._~!$&'()*+,;=:"); };
  return cursor.take_while(fits) > 0 && cursor.at_end();
}

/// "/[::1]:80" and what goes before the bracket: slashes and a user. True when the text is not of this form as well:
/// then the cursor has not moved.
bool take_bracketed_host(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take('/')) return true;
  ahead.take('/');
  Cursor user = ahead;
  while (user.take_while([](char c) { return is_digit(c) || is_letter(c) || is_one_of(c, "-._~!$&'()*+,;=:"); }) > 0 ||
         user.take_percent_code()) {
  }
  if (user.take('@')) ahead = user;
  if (!ahead.take('[')) return true;
  const std::string_view inside = ahead.rest().substr(0, ahead.rest().find(']'));
  if (!is_ipv6_of_uri(inside) && !is_future_address(inside)) return false;
  ahead.take_text(inside);
  if (!ahead.take(']')) return false;
  if (ahead.take(':')) ahead.take_digits();
  cursor = ahead;
  return ahead.at_end() || is_one_of(ahead.peek(), "/?#");
}

/// A path may hold ':' and '@' anywhere, and "//" too: every authority but a bracketed one reads as a path.
bool fits(std::string_view text, const Rules& rules) {
  Cursor cursor(text);
  if (!take_scheme(cursor) && rules.needs_scheme) return false;
  if (rules.needs_scheme && (cursor.at_end() || is_one_of(cursor.peek(), "?#"))) return false;
  if (!take_bracketed_host(cursor)) return false;
  while (take_char(cursor, rules, "/")) {
  }
  if (cursor.take('?')) {
    while (take_char(cursor, rules, "/?")) {
    }
  }
  if (cursor.take('#')) {
    while (take_char(cursor, rules, "/?")) {
    }
  }
  return cursor.at_end();
}

bool take_variable(Cursor& cursor) {
  std::size_t length = 0;
  for (;; ++length) {
    const char c = cursor.peek();
    if (is_digit(c) || is_letter(c) || c == '_') {
      cursor.take(c);
    } else if (!cursor.take_percent_code()) {
      break;
    }
  }
  if (length == 0) return false;
  if (cursor.take(':')) return is_one_of(cursor.peek(), "123456789") && cursor.take_digits(4) > 0;
  cursor.take('*');
  return true;
}

bool take_expression(Cursor& cursor) {
  cursor.take_any("+#./;?&=,!@|");
  do {
    if (!take_variable(cursor)) return false;
  } while (cursor.take(','));
  return cursor.take('}');
}

bool is_template_literal(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && !is_one_of(c, "\"'<>%\\^`{|}");
}

}  // namespace

bool is_uri(std::string_view text) {
  return fits(text, {});
}
bool is_uri_reference(std::string_view text) {
  return fits(text, {.needs_scheme = false, .quotes = true});
}
bool is_iri(std::string_view text) {
  return fits(text, {.any_script = true});
}
bool is_iri_reference(std::string_view text) {
  return fits(text, {.needs_scheme = false, .quotes = true, .any_script = true});
}

bool is_uri_template(std::string_view text) {
  Cursor cursor(text);
  while (!cursor.at_end()) {
    if (cursor.take_while(is_template_literal) > 0 || cursor.take_percent_code()) continue;
    if (!cursor.take('{') || !take_expression(cursor)) return false;
  }
  return true;
}

}  // namespace assay::schema
