#include "postgres/url.hpp"

#include <cctype>

namespace assay::postgres {
namespace {

bool is_url(std::string_view text) {
  return text.rfind("postgresql://", 0) == 0 || text.rfind("postgres://", 0) == 0;
}

std::string percent_encoded(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '~') {
      encoded += c;
    } else {
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return encoded;
}

std::string quoted(std::string_view text) {
  std::string made = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') made += '\\';
    made += c;
  }
  return made + "'";
}

/// Where `key=` stands as a whole key, or npos.
std::size_t find_key(std::string_view text, std::string_view key) {
  const std::string wanted = std::string(key) + "=";
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
    if (at == 0 || text[at - 1] == '?' || text[at - 1] == '&' || text[at - 1] == ' ') return at;
  }
  return std::string_view::npos;
}

void hide_value(std::string& text, std::size_t from, std::string_view ends) {
  const std::size_t end = std::min(text.find_first_of(ends, from), text.size());
  text.replace(from, end - from, "***");
}

}  // namespace

std::string with_parameter(std::string_view url, std::string_view key, std::string_view value) {
  if (find_key(url, key) != std::string_view::npos) return std::string(url);
  std::string made(url);
  if (is_url(url)) {
    made += url.find('?') == std::string_view::npos ? '?' : '&';
    return made + std::string(key) + "=" + percent_encoded(value);
  }
  return made + " " + std::string(key) + "=" + quoted(value);
}

std::string with_database(std::string_view url, std::string_view database) {
  if (!is_url(url)) return std::string(url) + " dbname=" + quoted(database);  // of two, the last counts
  const std::size_t authority = url.find("://") + 3;
  const std::size_t query = std::min(url.find('?', authority), url.size());
  const std::size_t path = std::min(url.find('/', authority), query);
  return std::string(url.substr(0, path)) + "/" + percent_encoded(database) + std::string(url.substr(query));
}

std::string without_password(std::string_view url) {
  std::string shown(url);
  if (is_url(shown)) {
    const std::size_t begin = shown.find("://") + 3;
    const std::size_t end = std::min(shown.find_first_of("/?", begin), shown.size());
    const std::size_t at = shown.rfind('@', end);
    const std::size_t colon = shown.find(':', begin);
    if (at != std::string::npos && at >= begin && colon < at) shown.replace(colon + 1, at - colon - 1, "***");
  }
  for (const std::string_view key : {"password", "sslpassword"}) {
    const std::size_t at = find_key(shown, key);
    if (at == std::string::npos) continue;
    const std::size_t value = at + key.size() + 1;
    const bool in_quotes = value < shown.size() && shown[value] == '\'';
    hide_value(shown, in_quotes ? value + 1 : value, in_quotes ? "'" : "& ");
  }
  return shown;
}

}  // namespace assay::postgres
