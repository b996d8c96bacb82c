#include "imports/csv_tests.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "imports/expected.hpp"
#include "imports/read_test.hpp"
#include "imports/walk.hpp"
#include "source/nearest.hpp"
#include "text/javascript_text.hpp"

namespace assay::imports {
namespace {

using yaml::Node;

constexpr std::size_t most_columns = 1000;

const std::vector<std::string>& special_columns() {
  static const std::vector<std::string> names = {"__expected",    "__prefix",         "__suffix",
                                                 "__description", "__providerOutput", "__metric",
                                                 "__threshold",   "__metadata:",      "__config:"};
  return names;
}

/// The parts of a text between commas; "\," is a comma in a part. Parts are trimmed.
std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escaped = at > 0 && text[at - 1] == '\\';
    if (text[at] == ',' && !escaped) {
      parts.emplace_back();
    } else {
      if (text[at] == ',') parts.back().pop_back();
      parts.back() += text[at];
    }
  }
  for (std::string& part : parts) part = std::string(text::trim(part));
  return parts;
}

/// What a column means for every row: found out once.
struct Column {
  enum class Kind {
    var,
    expected,
    prefix,
    suffix,
    description,
    output,
    metric,
    threshold,
    metadata,
    list,
    config,
    ignored
  };
  Kind kind = Kind::var;
  std::string name;
  std::size_t index = 0;  ///< of the assertion that a config column is for
  std::size_t cell = 0;   ///< where its value stands in a row: of columns of one name the last counts
};

class Columns {
 public:
  Columns(const std::vector<Cell>& header, Report& report) : report_(report) {
    std::map<std::string_view, std::size_t> known;
    for (std::size_t i = 0; i < header.size(); ++i) {
      const auto [place, fresh] = known.try_emplace(header[i].text, columns.size());
      if (fresh) {
        columns.push_back(column(header[i]));
      } else {
        report.warning(header[i].place, header[i].text + ": a second column of this name; only the last counts");
      }
      columns[place->second].cell = i;
    }
  }
  std::vector<Column> columns;

 private:
  Column column(const Cell& cell) {
    using Kind = Column::Kind;
    const std::string key(text::trim(cell.text));
    const std::map<std::string_view, Kind> fixed = {
        {"__prefix", Kind::prefix},         {"__suffix", Kind::suffix}, {"__description", Kind::description},
        {"__providerOutput", Kind::output}, {"__metric", Kind::metric}, {"__threshold", Kind::threshold}};
    if (const auto found = fixed.find(key); found != fixed.end()) {
      if (found->second == Kind::output)
        report_.warning(cell.place, key + ": kept in metadata only; a model is asked all the same");
      return of(found->second, key);
    }
    if (key.starts_with("__expected")) return of(Kind::expected, key);
    if (key.starts_with("__metadata:")) {
      const std::string name = key.substr(11);
      return name.ends_with("[]") ? of(Kind::list, name.substr(0, name.size() - 2)) : of(Kind::metadata, name);
    }
    if (key.starts_with("__config:")) return config(cell, key.substr(9));
    if (key == "__metadata") {
      report_.warning(cell.place, "__metadata: needs a name (__metadata:topic); the column is not carried over");
      return of(Kind::ignored, key);
    }
    warn_of_near_names(cell, key);
    return of(Kind::var, key);
  }

  Column config(const Cell& cell, const std::string& rest) {
    const std::size_t colon = rest.find(':');
    if (colon == rest.npos || rest.find(':', colon + 1) != rest.npos) {
      report_.warning(cell.place, "__config: must be __config:__expected1:threshold; the column is not carried over");
      return of(Column::Kind::ignored, rest);
    }
    const std::string expected = rest.substr(0, colon);
    if (rest.substr(colon + 1) != "threshold") {
      report_.error(cell.place, "__config: only a threshold can be set");
    } else if (const auto index = index_of(expected)) {
      return of(Column::Kind::config, "threshold", *index);
    } else {
      report_.error(cell.place, "__config: " + expected + " names no assertion; write __expected1, __expected2, …");
    }
    return of(Column::Kind::ignored, rest);
  }

  static Column of(Column::Kind kind, std::string name, std::size_t index = 0) {
    Column column;
    column.kind = kind;
    column.name = std::move(name);
    column.index = index;
    return column;
  }

  static std::optional<std::size_t> index_of(std::string_view expected) {
    if (expected == "__expected") return 0;
    if (!expected.starts_with("__expected")) return std::nullopt;
    const std::string_view digits = expected.substr(10);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = error == std::errc() && end == digits.data() + digits.size() && number >= 1;
    return whole ? std::optional(number - 1) : std::nullopt;
  }

  void warn_of_near_names(const Cell& cell, const std::string& key) {
    const auto& names = special_columns();
    const bool one_underscore =
        !key.starts_with("__") && std::any_of(names.begin(), names.end(), [&](const auto& name) {
          const std::string_view stem = std::string_view(name).substr(1);
          return key.starts_with(stem.substr(0, stem.size() - (stem.ends_with(':') ? 1 : 0)));
        });
    if (!one_underscore && !key.starts_with("__")) return;
    report_.warning(cell.place, key + ": is a var like any other column",
                    one_underscore ? "_" + key : source::nearest(key, names));
  }

  Report& report_;
};

class RowReader {
 public:
  RowReader(const std::vector<Column>& columns, Files& files, Report& report)
      : columns_(columns), files_(files), report_(report) {}

  Test read(const std::vector<Cell>& row, std::size_t number) {
    test_.place = row.front().place;
    for (const Column& column : columns_) take(column, row[column.cell]);
    test_.vars = merged({}, vars_);
    for (std::size_t i = 0; i < assertions_.size(); ++i) finish(i);
    if (!test_.description) test_.description = "Row #" + std::to_string(number);
    return std::move(test_);
  }

 private:
  void take(const Column& column, const Cell& cell) {
    using Kind = Column::Kind;
    const bool blank = text::trim(cell.text).empty();
    if (reads_environment(cell.text))
      report_.error(cell.place, "reads the environment ({{ env. }}); a suite means the same on every machine");
    switch (column.kind) {
      case Kind::var:
        vars_.push_back({column.name, cell.place, read_var(text_node(cell.text, cell.place), files_, report_)});
        break;
      case Kind::expected:
        if (!blank) expected(cell);
        break;
      case Kind::prefix:
        put(test_.options, {"prefix", cell.place, text_node(cell.text, cell.place)});
        break;
      case Kind::suffix:
        put(test_.options, {"suffix", cell.place, text_node(cell.text, cell.place)});
        break;
      case Kind::description:
        if (!cell.text.empty()) test_.description = cell.text;
        break;
      case Kind::output:
        if (!cell.text.empty()) metadata("providerOutput", text_node(cell.text, cell.place));
        break;
      case Kind::metric:
        metric_ = cell.text;
        break;
      case Kind::threshold:
        test_.threshold = number_in_cell(cell.text);
        break;
      case Kind::metadata:
        if (!blank) metadata(column.name, text_node(cell.text, cell.place));
        break;
      case Kind::list:
        if (!blank) metadata(column.name, list(cell));
        break;
      case Kind::config:
        config(column, cell);
        break;
      case Kind::ignored:
        break;
    }
  }

  void expected(const Cell& cell) {
    auto made = assertion_from_text(text::trim(cell.text), cell.place);
    if (!made) return report_.error(cell.place, made.error());
    auto checked = read_assertion(*made, files_, report_);
    if (checked) assertions_.push_back(std::move(*checked));
  }

  void metadata(const std::string& name, Node value) {
    const Place place = value.place;
    put(test_.metadata, {name, place, std::move(value)});
  }

  static Node list(const Cell& cell) {
    Node made;
    made.kind = Node::Kind::list;
    made.place = cell.place;
    for (std::string& part : split_list(cell.text)) made.items.push_back(text_node(std::move(part), cell.place));
    return made;
  }

  void config(const Column& column, const Cell& cell) {
    const auto number = number_in_cell(cell.text);
    if (!number) return report_.error(cell.place, "__config: the threshold must be a number");
    thresholds_.insert_or_assign(column.index, number_node(*number, cell.place));
  }

  /// The column's metric and threshold go to the assertion; promptfoo notes the threshold in the metadata too.
  void finish(std::size_t index) {
    Node& assertion = assertions_[index];
    if (const auto found = thresholds_.find(index); found != thresholds_.end()) {
      put(assertion.members, {"threshold", found->second.place, found->second});
      metadata("threshold", found->second);
    }
    if (!metric_.empty()) put(assertion.members, {"metric", assertion.place, text_node(metric_, assertion.place)});
    test_.assertions.push_back(std::move(assertion));
  }

  const std::vector<Column>& columns_;
  Files& files_;
  Report& report_;
  Test test_;
  Members vars_;
  std::vector<Node> assertions_;
  std::map<std::size_t, Node> thresholds_;
  std::string metric_;
};

}  // namespace

std::vector<Test> tests_of(const Table& table, Files& files, Report& report) {
  if (table.header.size() > most_columns) {
    report.error(table.header.front().place,
                 std::to_string(table.header.size()) + " columns; a table has at most " + std::to_string(most_columns));
    return {};
  }
  const std::vector<Column> columns = Columns(table.header, report).columns;
  std::vector<Test> tests;
  for (const auto& row : table.rows) tests.push_back(RowReader(columns, files, report).read(row, tests.size() + 1));
  if (table.relaxed && !table.header.empty())
    report.warning(table.header.front().place, "quotes stand where they may not; read as promptfoo reads them");
  return tests;
}

}  // namespace assay::imports
