#include "assertions/type_table.hpp"

#include "assertions/types.hpp"
#include "json/number.hpp"

namespace assay::assertions {
namespace {

std::string_view negation(const Type& type) {
  if (type.name == "assert-set") return "strict only";
  switch (type.negated) {
    case Polarity::flips:
      return "flips";
    case Polarity::complement:
      return "flips, 1 - score";
    case Polarity::keeps:
      return "flips, score stays; strict: 1 - score";
    case Polarity::ignored:
      return "ignored; strict: flips";
  }
  return "";
}

std::string threshold(const Type& type) {
  if (type.needs_threshold) return "required";
  return type.threshold ? json::javascript_number(*type.threshold) : "";
}

void append_row(std::string& out, std::string_view name, std::string_view dialects, std::string_view value,
                std::string_view least, std::string_view negated, std::string_view meaning) {
  out += '|';
  for (const std::string_view cell : {name, dialects, value, least, negated, meaning}) {
    out += ' ';
    out += cell;
    out += cell.empty() ? "|" : " |";
  }
  out += '\n';
}

}  // namespace

std::string type_table() {
  std::string out = "| type | dialect | value | threshold | `not-` | passes when |\n|---|---|---|---|---|---|\n";
  for (const PrpmType& type : prpm_types()) {
    append_row(out, '`' + std::string(type.name) + '`', "prpm", type.value, "", "", type.meaning);
  }
  for (const Type& type : types()) {
    const std::string name = '`' + std::string(type.name) + '`';
    if (type.built) {
      append_row(out, name, "promptfoo, strict", type.value, threshold(type), negation(type), type.meaning);
    } else {
      append_row(out, name, "not built", type.value, "", "", type.meaning);
    }
  }
  return out;
}

}  // namespace assay::assertions
