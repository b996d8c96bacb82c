#include "fake/aws_signature.hpp"

#include <algorithm>
#include <vector>

#include "base/digest.hpp"

namespace assay::fake {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

std::string bytes_of(const std::array<unsigned char, 32>& digest) {
  return {digest.begin(), digest.end()};
}

/// RFC 2104.
std::string hmac(std::string key, std::string_view message) {
  constexpr std::size_t block = 64;
  if (key.size() > block) key = bytes_of(sha256(key));
  key.resize(block, '\0');
  std::string inner, outer;
  for (char c : key) {
    inner += static_cast<char>(c ^ 0x36);
    outer += static_cast<char>(c ^ 0x5c);
  }
  return bytes_of(sha256(outer + bytes_of(sha256(inner.append(message)))));
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t end = text.find(at);
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

/// What stands behind "Name=" in the Authorization header, up to a comma.
std::string part_of(std::string_view authorization, std::string_view name) {
  const std::size_t at = authorization.find(name);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = authorization.substr(at + name.size());
  return std::string(rest.substr(0, rest.find_first_of(", ")));
}

bool all_of(std::string_view text, std::string_view alphabet) {
  return text.find_first_not_of(alphabet) == std::string_view::npos;
}

/// YYYYMMDDTHHMMSSZ
bool is_date(std::string_view text) {
  return text.size() == 16 && text[8] == 'T' && text[15] == 'Z' && all_of(text, "0123456789TZ");
}

struct Claims {
  std::vector<std::string> scope;  ///< key id, date, region, service, "aws4_request"
  std::vector<std::string> headers;
  std::string signature, date;
};

std::string fault_of_form(const net::ServerRequest& request, const Claims& claims) {
  if (claims.scope.size() != 5 || claims.scope[0].empty()) return "Credential should have five parts";
  if (claims.scope[3] != "bedrock" || claims.scope[4] != "aws4_request")
    return "Credential should be scoped to bedrock";
  if (!is_date(claims.date)) return "X-Amz-Date is missing or no date";
  if (claims.date.substr(0, 8) != claims.scope[1]) return "the date of Credential differs from X-Amz-Date";
  if (claims.signature.size() != 64 || !all_of(claims.signature, "0123456789abcdef")) return "Signature is not hex";
  if (!std::is_sorted(claims.headers.begin(), claims.headers.end())) return "SignedHeaders are not sorted";
  const auto is_among = [&](std::string_view name) {
    return std::find(claims.headers.begin(), claims.headers.end(), name) != claims.headers.end();
  };
  for (const char* name : {"host", "x-amz-date"}) {
    if (!is_among(name)) return std::string(name) + " is not signed";
  }
  if (request.header("x-amz-security-token") && !is_among("x-amz-security-token"))
    return "the session token is not signed";
  for (const std::string& name : claims.headers) {
    if (!request.header(name)) return name + " is signed but was not sent";
  }
  return {};
}

/// Every byte of the path as sent but unreserved ones and '/' is encoded once more.
std::string canonical_path(std::string_view path) {
  std::string out;
  for (char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      std::string code = hex(std::string_view(&c, 1));
      std::transform(code.begin(), code.end(), code.begin(),
                     [](char d) { return d >= 'a' ? static_cast<char>(d - 32) : d; });
      out.append("%").append(code);
    }
  }
  return out;
}

std::string canonical_query(std::string_view query) {
  if (query.empty()) return {};
  std::vector<std::string> parts = split(query, '&');
  std::sort(parts.begin(), parts.end());
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += '&';
    out.append(part);
    if (part.find('=') == std::string::npos) out += '=';
  }
  return out;
}

std::string expected_signature(const net::ServerRequest& request, const Claims& claims, std::string_view secret) {
  std::string canonical =
      request.method + "\n" + canonical_path(request.path()) + "\n" + canonical_query(request.query()) + "\n";
  std::string names;
  for (const std::string& name : claims.headers) {
    canonical.append(name).append(":").append(request.header(name).value_or("")).append("\n");
    names.append(names.empty() ? "" : ";").append(name);
  }
  canonical += "\n" + names + "\n" + sha256_hex(request.body);
  std::string scope = claims.scope[1];
  std::string key = hmac("AWS4" + std::string(secret), claims.scope[1]);
  for (std::size_t i = 2; i < 5; ++i) {
    key = hmac(key, claims.scope[i]);
    scope += "/" + claims.scope[i];
  }
  return hex(hmac(key, std::string(algorithm) + "\n" + claims.date + "\n" + scope + "\n" + sha256_hex(canonical)));
}

std::string_view authorization_of(const net::ServerRequest& request) {
  return request.header("authorization").value_or("");
}

}  // namespace

bool is_signed(const net::ServerRequest& request) {
  return authorization_of(request).starts_with(algorithm);
}

std::string signer_of(const net::ServerRequest& request) {
  return split(part_of(authorization_of(request), "Credential="), '/').front();
}

std::string signature_fault(const net::ServerRequest& request, std::string_view secret) {
  const std::string_view authorization = authorization_of(request);
  Claims claims;
  claims.scope = split(part_of(authorization, "Credential="), '/');
  claims.headers = split(part_of(authorization, "SignedHeaders="), ';');
  claims.signature = part_of(authorization, "Signature=");
  claims.date = request.header("x-amz-date").value_or("");
  std::string fault = fault_of_form(request, claims);
  if (!fault.empty() || secret.empty()) return fault;
  return expected_signature(request, claims, secret) == claims.signature ? "" : "the signature does not match";
}

}  // namespace assay::fake
