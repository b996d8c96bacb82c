#pragma once
#include <array>
#include <string>
#include <string_view>

namespace assay {

/// SHA-256 of some bytes (FIPS 180-4), raw and as 64 lower-case hex digits.
std::array<unsigned char, 32> sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);

/// HMAC (RFC 2104) with SHA-256. The key may be of any length.
std::array<unsigned char, 32> hmac_sha256(std::string_view key, std::string_view bytes);

std::string to_hex(std::string_view bytes);  ///< two lower-case digits a byte

}  // namespace assay
