#include "postgres/catalogue.hpp"

#include <charconv>
#include <stdexcept>

namespace assay::postgres {

int number_of(const SqlFile& table) {
  int number = 0;
  const char* const end = table.name.data() + table.name.size();
  const auto [next, error] = std::from_chars(table.name.data(), end, number);
  if (error != std::errc() || next == end || *next != '_') {
    throw std::invalid_argument("migration " + table.name + ": the name begins with no number");
  }
  return number;
}

bool runs_before_the_deploy(const SqlFile& table) {
  const std::string_view first_line = std::string_view(table.sql).substr(0, table.sql.find('\n'));
  if (first_line == "-- before the deploy") return true;
  if (first_line == "-- after the deploy") return false;
  throw std::invalid_argument("migration " + table.name + ": the first line does not say when it runs");
}

}  // namespace assay::postgres
