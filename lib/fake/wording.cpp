#include "fake/wording.hpp"

#include <algorithm>
#include <bit>
#include <charconv>

#include "base/digest.hpp"

namespace assay::fake {
namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    const std::size_t known = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 4; ++k) out += k <= known ? alphabet[three >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

}  // namespace

std::string sse(std::string_view name, std::string_view data) {
  std::string out;
  out.reserve(name.size() + data.size() + 20);
  if (!name.empty()) out.append("event: ").append(name).append("\n");
  return out.append("data: ").append(data).append("\n\n");
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && text.size() - i > 2 &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string bearer_of(const net::ServerRequest& request) {
  const std::string_view value = request.header("authorization").value_or("");
  return value.substr(0, bearer.size()) == bearer ? std::string(value.substr(bearer.size())) : std::string();
}

std::string key_in(const char* header, const net::ServerRequest& request) {
  const auto key = request.header(header);
  return key ? std::string(*key) : bearer_of(request);
}

bool begins_usage(json::Writer& out, const char* member, const Answer& answer) {
  if (answer.usage == UsageManner::missing) return false;
  out.key(member);
  if (answer.usage == UsageManner::null) out.null();
  return answer.usage != UsageManner::null;
}

std::string tool_id(const Answer& answer, std::size_t n) {
  std::string digits = answer.id + std::to_string(n);
  return "call" + std::string(digits.size() < 5 ? 5 - digits.size() : 0, '0') + digits;
}

std::string dollars(std::int64_t nanos) {
  std::string digits = std::to_string(nanos);
  if (digits.size() < 10) digits.insert(0, 10 - digits.size(), '0');
  digits.insert(digits.size() - 9, 1, '.');
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

std::vector<float> vector_of(std::string_view text, std::size_t dimensions) {
  std::vector<float> out;
  out.reserve(dimensions);
  const auto seed = sha256(text);
  for (std::size_t i = 0; i < dimensions; ++i) {
    const int byte = seed[i % seed.size()] ^ static_cast<int>(i / seed.size() % 128);
    out.push_back(static_cast<float>(byte - 128) / 64.0f);
  }
  return out;
}

void write_vector(json::Writer& out, std::string_view text, std::size_t dimensions) {
  out.begin_array();
  for (const float value : vector_of(text, dimensions)) out.number(static_cast<double>(value));
  out.end_array();
}

std::string vector_base64(std::string_view text, std::size_t dimensions) {
  std::string bytes;
  for (const float value : vector_of(text, dimensions)) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(bits >> shift & 0xff);
  }
  return base64(bytes);
}

}  // namespace assay::fake
