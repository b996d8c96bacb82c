#include "cli/reassert.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "json/number.hpp"
#include "json/writer.hpp"

namespace assay::cli {
namespace {

/// One row by the names of its columns.
class Row {
 public:
  Row(const postgres::Table& table, std::size_t row) : table_(table), row_(row) {}

  std::optional<std::string> get(std::string_view column) const {
    const auto found = std::find(table_.columns.begin(), table_.columns.end(), column);
    if (found == table_.columns.end()) return std::nullopt;
    return table_.rows[row_][static_cast<std::size_t>(found - table_.columns.begin())];
  }
  std::string text(std::string_view column) const { return get(column).value_or(""); }
  std::optional<double> number(std::string_view column) const { return json::parse_number(text(column)); }
  std::optional<std::int64_t> whole(std::string_view column) const {
    const auto found = number(column);
    return found ? std::optional(static_cast<std::int64_t>(*found)) : std::nullopt;
  }
  bool is_true(std::string_view column) const { return text(column) == "t" || text(column) == "true"; }

 private:
  const postgres::Table& table_;
  std::size_t row_;
};

/// What the row tells beside the text, as the judge saw it at first.
Evidence evidence_of(const Row& row) {
  Evidence evidence;
  evidence.latency_ms = row.number("provider_ms");
  // The view shows an unknown cost as 0.
  if (row.number("cost").value_or(0) > 0) evidence.cost_usd = row.number("cost");
  evidence.finish_reason = row.text("finish_reason_raw");
  if (row.text("usage_source") != "provider") return evidence;
  evidence.prompt_tokens = row.whole("prompt_tokens");
  evidence.completion_tokens = row.whole("answer_tokens");
  evidence.total_tokens = evidence.prompt_tokens.value_or(0) + evidence.completion_tokens.value_or(0);
  return evidence;
}

std::string unjudgeable(const Row& row, std::size_t cases) {
  if (!row.get("response")) return "no answer is stored";
  if (row.is_true("text_truncated")) return "the stored answer was cut";
  if (row.is_true("text_escaped")) return "the stored answer is not as it came: it held what the database cannot";
  const auto place = row.whole("test_case");
  if (!place || *place < 0 || static_cast<std::size_t>(*place) >= cases) return "the suite has no such test case";
  return {};
}

Rejudged rejudged(const Row& row, const assertions::CompiledSuite& suite) {
  Rejudged cell{row.text("cell"), row.text("test"), row.text("model"), row.text("verdict"), {}, {}};
  cell.why = unjudgeable(row, suite.cases.size());
  if (!cell.why.empty()) return cell;
  const auto place = static_cast<std::size_t>(row.whole("test_case").value_or(0));
  Judgement judgement = assertions::judge(suite.cases[place], row.text("response"), evidence_of(row));
  cell.after = to_string(judgement.verdict);
  cell.why = std::move(judgement.reason);
  cell.score = judgement.score;
  return cell;
}

std::string change(const Rejudged& cell) {
  return cell.before + " -> " + (cell.after.empty() ? "not judged" : cell.after);
}

}  // namespace

std::vector<Rejudged> rejudge(const postgres::Table& results, const assertions::CompiledSuite& suite) {
  std::vector<Rejudged> cells;
  for (std::size_t row = 0; row < results.rows.size(); ++row) cells.push_back(rejudged(Row(results, row), suite));
  return cells;
}

std::string to_text(const std::vector<Rejudged>& cells) {
  std::map<std::string, std::size_t> changes;
  std::string lines;
  for (const Rejudged& cell : cells) {
    ++changes[change(cell)];
    if (cell.before == cell.after) continue;
    lines += "cell " + cell.cell + " (" + cell.test + ", " + cell.model + "): " + change(cell) + ": " + cell.why + '\n';
  }
  std::string text;
  for (const auto& [name, count] : changes) text += name + ": " + std::to_string(count) + '\n';
  return text + lines;
}

std::string to_json_lines(const std::vector<Rejudged>& cells) {
  std::string text;
  for (const Rejudged& cell : cells) {
    json::Writer writer(text);
    writer.begin_object().field("cell", cell.cell).field("test", cell.test).field("model", cell.model);
    writer.field("before", cell.before);
    if (!cell.after.empty()) writer.field("after", cell.after).field("score", cell.score);
    writer.field("reason", cell.why).end_object();
    text += '\n';
  }
  return text;
}

bool any_bad(const std::vector<Rejudged>& cells) {
  return std::any_of(cells.begin(), cells.end(),
                     [](const Rejudged& cell) { return cell.after != "pass" && cell.after != "unchecked"; });
}

}  // namespace assay::cli
