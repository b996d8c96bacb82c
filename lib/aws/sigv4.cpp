#include "aws/sigv4.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>
#include <vector>

#include "base/digest.hpp"

namespace assay::aws {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

struct Url {
  std::string_view host, path, query;
};

Url split(std::string_view url) {
  Url parts;
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find('#'));
  if (const std::size_t mark = url.find('?'); mark != std::string_view::npos) {
    parts.query = url.substr(mark + 1);
    url = url.substr(0, mark);
  }
  const std::size_t slash = std::min(url.find('/'), url.size());
  parts.host = url.substr(0, slash);
  parts.path = url.substr(slash);
  return parts;
}

/// As an HTTP client writes it: without the port that the scheme implies.
std::string host_header(std::string_view url) {
  std::string_view host = split(url).host;
  if (url.starts_with("https:") && host.ends_with(":443")) host.remove_suffix(4);
  if (url.starts_with("http:") && host.ends_with(":80")) host.remove_suffix(3);
  return std::string(host);
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

/// No blanks around it, and one where several stood.
std::string trimmed(std::string_view value) {
  std::string text;
  for (const char c : value) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) text += c;
    if (blank && !text.empty() && text.back() != ' ') text += ' ';
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

bool needed(std::string_view name) {
  return name == "host" || name == "content-type" || name.starts_with("x-amz-");
}

/// By name, values of one name in their order.
std::map<std::string, std::string> canonical_headers(const http::Request& request, const Signing& signing) {
  std::map<std::string, std::string> headers;
  const auto add = [&](std::string_view name, std::string_view value) {
    const std::string lower = lowered(name);
    if (lower == "authorization" || (signing.headers == SignedHeaders::needed && !needed(lower))) return;
    const auto [known, is_new] = headers.emplace(lower, trimmed(value));
    if (!is_new) known->second += "," + trimmed(value);
  };
  if (!http::find_header(request.headers, "host")) add("host", host_header(request.url));
  for (const auto& [name, value] : request.headers) add(name, value);
  for (const auto& secret : request.secrets) add(secret.name, secret.prefix + std::string(secret.value.reveal()));
  return headers;
}

std::string names_of(const std::map<std::string, std::string>& headers) {
  std::string names;
  for (const auto& header : headers) names += (names.empty() ? "" : ";") + header.first;
  return names;
}

std::string hmac(std::string_view key, std::string_view bytes) {
  const auto mac = hmac_sha256(key, bytes);
  return {reinterpret_cast<const char*>(mac.data()), mac.size()};
}

std::string signature(const Signing& signing, std::string_view date, std::string_view to_sign) {
  Secret step(hmac("AWS4" + std::string(signing.credentials.key.reveal()), date.substr(0, 8)));
  for (const std::string_view part :
       {std::string_view(signing.region), std::string_view(signing.service), std::string_view("aws4_request")}) {
    step = Secret(hmac(step.reveal(), part));
  }
  return to_hex(hmac(step.reveal(), to_sign));
}

void remove(http::Request& request, std::string_view name) {
  std::erase_if(request.headers, [&](const auto& header) { return lowered(header.first) == name; });
  std::erase_if(request.secrets, [&](const auto& header) { return lowered(header.name) == name; });
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    bytes += escape ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return bytes;
}

}  // namespace

std::string uri_encoded(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += digits[byte >> 4];
      encoded += digits[byte & 15];
    }
  }
  return encoded;
}

std::string canonical_path(std::string_view path) {
  const bool open_end = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (segment == ".." && !segments.empty()) segments.pop_back();
    if (!segment.empty() && segment != "." && segment != "..") segments.push_back(segment);
  }
  std::string canonical;
  for (const std::string_view segment : segments) canonical += "/" + uri_encoded(segment);
  if (open_end || canonical.empty()) canonical += '/';
  return canonical;
}

std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    parameters.emplace_back(uri_encoded(decoded(pair.substr(0, equals))), uri_encoded(decoded(value)));
  }
  std::sort(parameters.begin(), parameters.end());
  std::string canonical;
  for (const auto& [name, value] : parameters) canonical += (canonical.empty() ? "" : "&") + name + "=" + value;
  return canonical;
}

std::string amz_date(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char text[40];
  std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

std::string canonical_request(const http::Request& request, const Signing& signing) {
  const Url url = split(request.url);
  const auto headers = canonical_headers(request, signing);
  std::string text = request.method + "\n" + canonical_path(url.path) + "\n" + canonical_query(url.query) + "\n";
  for (const auto& [name, value] : headers) text += name + ":" + value + "\n";
  return text + "\n" + names_of(headers) + "\n" + sha256_hex(request.body);
}

void sign(http::Request& request, const Signing& signing, std::chrono::sys_seconds now) {
  for (const char* name : {"authorization", "x-amz-date", "x-amz-security-token"}) remove(request, name);
  const std::string date = amz_date(now);
  request.headers.emplace_back("x-amz-date", date);
  if (!signing.credentials.session_token.empty())
    request.secrets.push_back({"x-amz-security-token", "", signing.credentials.session_token});

  const std::string scope = date.substr(0, 8) + "/" + signing.region + "/" + signing.service + "/aws4_request";
  const std::string to_sign =
      std::string(algorithm) + "\n" + date + "\n" + scope + "\n" + sha256_hex(canonical_request(request, signing));
  request.secrets.push_back({"Authorization", std::string(algorithm) + " ",
                             Secret("Credential=" + signing.credentials.key_id + "/" + scope +
                                    ", SignedHeaders=" + names_of(canonical_headers(request, signing)) +
                                    ", Signature=" + signature(signing, date, to_sign))});
}

}  // namespace assay::aws
