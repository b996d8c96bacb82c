#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/require.hpp"
#include "markup/html.hpp"
#include "markup/sql.hpp"
#include "markup/xml.hpp"
#include "text/javascript_text.hpp"

using namespace assay;
using namespace assay::markup;

namespace {

void same_twice(const Answer& first, const Answer& second) {
  require(first.has_value() == second.has_value(), "the same question has the same answer");
  require(!first || (first->holds == second->holds && first->at == second->at),
          "the same question has the same answer");
}

void ask_xml(std::string_view text) {
  const std::vector<std::string> required = {"a.b.0", "a.@_b"};
  same_twice(is_xml(text, required), is_xml(text, required));
  const Answer whole = is_xml(text, {}), part = contains_xml(text, {});
  same_twice(contains_xml(text, required), contains_xml(text, required));
  require(!whole || !whole->at || *whole->at <= text.size(), "a place is in the text");
  require(!part || !part->at || *part->at < text.size(), "a place is in the text");
}

void ask_html(std::string_view text) {
  same_twice(is_html(text), is_html(text));
  same_twice(contains_html(text), contains_html(text));
}

void ask_sql(std::string_view text, const char* database) {
  SqlOptions options;
  options.database_type = database;
  const Answer answer = is_sql(text, options);
  same_twice(answer, is_sql(text, options));
  require(!answer || !answer->at || *answer->at <= text.size(), "a place is in the text");
  (void)contains_sql(text, options);
}

}  // namespace

/// The first byte chooses: XML, HTML, or SQL of one family. The same text has the same answer, and places are in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text = text::well_formed(std::string(data + 1, data + size));
  constexpr const char* databases[] = {"MySQL", "MariaDB", "PostgreSQL", "Sqlite", "BigQuery"};
  const unsigned choice = data[0] % 8;
  if (choice == 0)
    ask_xml(text);
  else if (choice == 1)
    ask_html(text);
  else
    ask_sql(text, databases[(choice - 2) % 5]);
  return 0;
}
