#include "postgres/binary_array.hpp"

#include <bit>
#include <charconv>
#include <stdexcept>

namespace assay::postgres {
namespace {

constexpr std::size_t header_bytes = 20;  // dimensions, nulls, element type, length, lower bound

template <class Unsigned>
void put(std::string& out, Unsigned value) {
  for (int shift = static_cast<int>(sizeof(Unsigned) * 8) - 8; shift >= 0; shift -= 8) {
    out += static_cast<char>((value >> shift) & 0xFF);
  }
}

void put_at(std::string& out, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) out[at + i] = static_cast<char>((value >> (24 - 8 * i)) & 0xFF);
}

}  // namespace

BinaryArray::BinaryArray(Type type, std::size_t expected_elements, std::size_t expected_bytes) {
  bytes_.reserve(header_bytes + expected_elements * (4 + expected_bytes));
  put<std::uint32_t>(bytes_, 1);
  put<std::uint32_t>(bytes_, 0);
  put(bytes_, static_cast<std::uint32_t>(type));
  put<std::uint32_t>(bytes_, 0);
  put<std::uint32_t>(bytes_, 1);
}

void BinaryArray::begin(std::size_t length) {
  ++elements_;
  put(bytes_, static_cast<std::uint32_t>(length));
}

void BinaryArray::null() {
  ++elements_;
  nulls_ = true;
  put<std::uint32_t>(bytes_, 0xFFFFFFFF);
}

void BinaryArray::boolean(bool value) {
  begin(1);
  bytes_ += value ? '\1' : '\0';
}

void BinaryArray::int2(std::int16_t value) {
  begin(2);
  put(bytes_, static_cast<std::uint16_t>(value));
}

void BinaryArray::int4(std::int32_t value) {
  begin(4);
  put(bytes_, static_cast<std::uint32_t>(value));
}

void BinaryArray::int8(std::int64_t value) {
  begin(8);
  put(bytes_, static_cast<std::uint64_t>(value));
}

void BinaryArray::float8(double value) {
  begin(8);
  put(bytes_, std::bit_cast<std::uint64_t>(value));
}

void BinaryArray::bytes(std::string_view value) {
  begin(value.size());
  bytes_ += value;
}

void BinaryArray::jsonb(std::string_view value) {
  begin(value.size() + 1);
  bytes_ += '\1';
  bytes_ += value;
}

std::string BinaryArray::take() {
  put_at(bytes_, 4, nulls_ ? 1 : 0);
  put_at(bytes_, 12, elements_);
  if (elements_ == 0) {  // an empty array has no dimensions
    put_at(bytes_, 0, 0);
    bytes_.resize(12);
  }
  return std::move(bytes_);
}

Parameters& Parameters::text(std::string_view value) {
  values_.emplace_back(value);
  return *this;
}

Parameters& Parameters::boolean(bool value) {
  values_.emplace_back(1, value ? '\1' : '\0');
  return *this;
}

Parameters& Parameters::int4(std::int32_t value) {
  put(values_.emplace_back(), static_cast<std::uint32_t>(value));
  return *this;
}

Parameters& Parameters::int8(std::int64_t value) {
  put(values_.emplace_back(), static_cast<std::uint64_t>(value));
  return *this;
}

Parameters& Parameters::array(BinaryArray&& value) {
  values_.emplace_back(value.take());
  return *this;
}

namespace {

/// One element of a printed array, from `at` to the comma or brace after it.
std::optional<std::string> parse_element(std::string_view printed, std::size_t& at) {
  std::string element;
  const bool quoted = at < printed.size() && printed[at] == '"';
  if (quoted) ++at;
  for (; at < printed.size(); ++at) {
    const char c = printed[at];
    if (quoted ? c == '"' : (c == ',' || c == '}')) break;
    if (c == '\\' && ++at == printed.size()) break;
    element += printed[at];
  }
  if (at == printed.size()) throw std::invalid_argument("an array from the database ends too early");
  if (quoted) ++at;
  if (!quoted && element == "NULL") return std::nullopt;
  return element;
}

}  // namespace

std::vector<std::optional<std::string>> parse_array(std::string_view printed) {
  if (printed.size() < 2 || printed.front() != '{' || printed.back() != '}') {
    throw std::invalid_argument("this is no array from the database");
  }
  std::vector<std::optional<std::string>> elements;
  if (printed == "{}") return elements;
  std::size_t at = 0;
  do {
    ++at;
    elements.push_back(parse_element(printed, at));
  } while (at < printed.size() && printed[at] == ',');
  if (at + 1 != printed.size()) throw std::invalid_argument("an array from the database has more than one dimension");
  return elements;
}

std::vector<std::int64_t> parse_int_array(std::string_view printed) {
  std::vector<std::int64_t> numbers;
  if (printed.size() < 2 || printed.front() != '{') throw std::invalid_argument("this is no array from the database");
  const char* at = printed.data() + 1;
  const char* const end = printed.data() + printed.size();
  while (at < end && *at != '}') {
    std::int64_t number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc()) throw std::invalid_argument("an array of numbers from the database holds something else");
    numbers.push_back(number);
    at = next < end && *next == ',' ? next + 1 : next;
  }
  return numbers;
}

std::vector<bool> parse_bool_array(std::string_view printed) {
  std::vector<bool> values;
  for (const std::optional<std::string>& element : parse_array(printed)) values.push_back(element == "t");
  return values;
}

}  // namespace assay::postgres
