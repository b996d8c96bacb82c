#include "schema/uri.hpp"

#include <algorithm>

namespace assay::schema {
namespace {

/// The five parts of RFC 3986, section 3; `has_…` because an empty part differs from none.
struct Parts {
  std::string scheme, authority, path, query, fragment;
  bool has_scheme = false, has_authority = false, has_query = false, has_fragment = false;
};

bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_scheme_char(char c) {
  return is_alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/// Cuts the text before the first of `ends` off and returns it.
std::string_view take_until(std::string_view& text, std::string_view ends) {
  const std::string_view taken = text.substr(0, text.find_first_of(ends));
  text.remove_prefix(taken.size());
  return taken;
}

Parts take_apart(std::string_view uri) {
  Parts parts;
  const std::size_t colon = uri.find(':');
  if (colon != std::string_view::npos && colon > 0 && is_alpha(uri[0]) &&
      std::all_of(uri.begin(), uri.begin() + static_cast<std::ptrdiff_t>(colon), is_scheme_char)) {
    parts.scheme = uri.substr(0, colon);
    parts.has_scheme = true;
    uri.remove_prefix(colon + 1);
  }
  if (uri.starts_with("//")) {
    uri.remove_prefix(2);
    parts.authority = take_until(uri, "/?#");
    parts.has_authority = true;
  }
  parts.path = take_until(uri, "?#");
  if (uri.starts_with('?')) {
    uri.remove_prefix(1);
    parts.query = take_until(uri, "#");
    parts.has_query = true;
  }
  if (uri.starts_with('#')) {
    parts.fragment = uri.substr(1);
    parts.has_fragment = true;
  }
  return parts;
}

std::string put_together(const Parts& parts) {
  std::string uri;
  if (parts.has_scheme) uri += parts.scheme + ':';
  if (parts.has_authority) uri += "//" + parts.authority;
  uri += parts.path;
  if (parts.has_query) uri += '?' + parts.query;
  if (parts.has_fragment) uri += '#' + parts.fragment;
  return uri;
}

/// Section 5.2.4: "." goes, ".." takes the segment before it along.
std::string without_dots(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    if (path == "/." || path == "/..") {
      if (path == "/..") out.erase(std::min(out.rfind('/'), out.size()));
      out += '/';
      break;
    }
    if (path.starts_with("/./")) {
      path.remove_prefix(2);
    } else if (path.starts_with("/../")) {
      path.remove_prefix(3);
      out.erase(std::min(out.rfind('/'), out.size()));
    } else if (path.starts_with("./")) {
      path.remove_prefix(2);
    } else if (path.starts_with("../")) {
      path.remove_prefix(3);
    } else if (path == "." || path == "..") {
      break;
    } else {
      const std::string_view segment = path.substr(0, path.find('/', 1));
      out += segment;
      path.remove_prefix(segment.size());
    }
  }
  return out;
}

/// Section 5.2.3.
std::string merged(const Parts& base, const std::string& path) {
  if (base.has_authority && base.path.empty()) return '/' + path;
  const std::size_t slash = base.path.rfind('/');
  return slash == std::string::npos ? path : base.path.substr(0, slash + 1) + path;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::string resolve_uri(std::string_view base_text, std::string_view reference) {
  Parts target = take_apart(reference);
  const Parts base = take_apart(base_text);
  if (target.has_scheme || target.has_authority) {
    target.path = without_dots(target.path);
  } else if (target.path.empty()) {
    target.path = base.path;
    if (!target.has_query) target.query = base.query, target.has_query = base.has_query;
  } else {
    target.path = without_dots(target.path.starts_with('/') ? target.path : merged(base, target.path));
  }
  if (!target.has_scheme) {
    if (!target.has_authority) target.authority = base.authority, target.has_authority = base.has_authority;
    target.scheme = base.scheme;
    target.has_scheme = base.has_scheme;
  }
  return put_together(target);
}

SplitUri split_fragment(std::string_view uri) {
  const std::size_t mark = uri.find('#');
  if (mark == std::string_view::npos) return {uri, {}};
  return {uri.substr(0, mark), uri.substr(mark + 1)};
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      plain += text[at];
      continue;
    }
    if (at + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[at + 1]), low = hex_value(text[at + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    plain += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return plain;
}

}  // namespace assay::schema
