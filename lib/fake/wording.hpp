#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fake/dialect.hpp"
#include "json/writer.hpp"

namespace assay::fake {

inline std::string_view either(std::string_view stated, std::string_view usual) {
  return stated.empty() ? usual : stated;
}

/// One event of text/event-stream. No name: the usual one.
std::string sse(std::string_view name, std::string_view data);

/// "%3A" is ":".
std::string percent_decoded(std::string_view text);

/// What follows "Bearer " in the Authorization header; empty when that is missing.
std::string bearer_of(const net::ServerRequest& request);
/// The key in the vendor's own header; where that is missing, the bearer.
std::string key_in(const char* header, const net::ServerRequest& request);

/// Begins the member that tells usage, as the script wants it told. False where nothing is to follow it.
bool begins_usage(json::Writer& out, const char* member, const Answer& answer);

/// An identifier for the n-th tool call of an answer, as short as the pickiest vendor wants it.
std::string tool_id(const Answer& answer, std::size_t n);

/// Nano-dollars as dollars: "0.0000183".
std::string dollars(std::int64_t nanos);

/// The vector that stands for a text: its coordinates depend on the text and their number alone, and are multiples of
/// 1/64, so that no wording of them loses anything.
std::vector<float> vector_of(std::string_view text, std::size_t dimensions);
void write_vector(json::Writer& out, std::string_view text, std::size_t dimensions);

/// Little-endian 32-bit floats in base64 (RFC 4648).
std::string vector_base64(std::string_view text, std::size_t dimensions);

}  // namespace assay::fake
