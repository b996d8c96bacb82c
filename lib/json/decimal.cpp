#include "json/decimal.hpp"

#include <algorithm>

#include "json/number.hpp"

namespace assay::json {
namespace {

constexpr std::int64_t farthest = 1'000'000'000'000'000;

std::int64_t read_exponent(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  std::int64_t exponent = 0;
  for (const char digit : text) exponent = std::min(exponent * 10 + (digit - '0'), farthest);
  return negative ? -exponent : exponent;
}

/// Takes the zeros at both ends away.
void normalise(Decimal& number) {
  const std::size_t first = number.digits.find_first_not_of('0');
  if (first == std::string::npos) {
    number = Decimal{};
    return;
  }
  number.digits.erase(number.digits.find_last_not_of('0') + 1);
  number.digits.erase(0, first);
  number.point -= static_cast<std::int64_t>(first);
}

std::strong_ordering compare_size(const Decimal& left, const Decimal& right) {
  if (left.digits.empty() || right.digits.empty()) return left.digits.size() <=> right.digits.size();
  if (left.point != right.point) return left.point <=> right.point;
  return left.digits.compare(right.digits) <=> 0;
}

}  // namespace

std::optional<Decimal> read_decimal(std::string_view text) {
  if (!parse_number(text)) return std::nullopt;
  Decimal number;
  number.negative = text[0] == '-';
  if (number.negative) text.remove_prefix(1);
  const std::size_t mark = text.find_first_of("eE");
  const std::string_view mantissa = text.substr(0, mark);
  const std::size_t dot = std::min(mantissa.find('.'), mantissa.size());
  number.digits = mantissa.substr(0, dot);
  if (dot < mantissa.size()) number.digits += mantissa.substr(dot + 1);
  number.point = static_cast<std::int64_t>(dot);
  if (mark != std::string_view::npos) number.point += read_exponent(text.substr(mark + 1));
  normalise(number);
  return number;
}

std::strong_ordering compare(const Decimal& left, const Decimal& right) {
  if (left.negative != right.negative) return right.negative <=> left.negative;
  return left.negative ? compare_size(right, left) : compare_size(left, right);
}

}  // namespace assay::json
