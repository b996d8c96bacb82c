#include "imports/csv.hpp"

#include <algorithm>
#include <utility>

namespace assay::imports {
namespace {

constexpr std::size_t most_cells = 1'000'000;

/// One reading of the text, strict or relaxed.
class Reader {
 public:
  Reader(const std::string& source, std::string_view text, std::size_t max_rows, bool relaxed)
      : source_(source), text_(text), lines_(text), max_rows_(max_rows) {
    table_.relaxed = relaxed;
  }

  Result<Table, source::Fault> read() {
    begin_cell();
    while (at_ < text_.size() && !failed_) quoting_ ? quoted() : unquoted();
    if (!failed_ && quoting_) fail(cell_start_, "a quote is never closed");
    if (!failed_ && (was_quoted_ || !row_.empty() || !cell_.text.empty())) end_row();
    if (failed_) return failure(std::move(fault_));
    return std::move(table_);
  }

 private:
  void unquoted() {
    const char c = text_[at_];
    if (line_end_.empty()) line_end_ = line_end_at(at_);
    if (c == '"' && cell_.text.empty() && !was_quoted_) {
      quoting_ = true;
      advance(1);
    } else if (c == '"' && !table_.relaxed) {
      fail(at_, "a quote inside a cell that does not begin with one");
    } else if (at_line_end(at_)) {
      end_row();
      advance(line_end_.size());
      begin_cell();
    } else if (c == ',') {
      end_cell();
      advance(1);
      begin_cell();
    } else {
      cell_.text += c;
      advance(1);
    }
  }

  void quoted() {
    const char c = text_[at_];
    if (c != '"') {
      cell_.text += c;
      return advance(1);
    }
    if (line_end_.empty()) line_end_ = line_end_at(at_ + 1);
    const bool last = at_ + 1 == text_.size();
    if (!last && text_[at_ + 1] == '"') {
      cell_.text += '"';
      return advance(2);
    }
    quoting_ = false;
    was_quoted_ = true;
    if (last || text_[at_ + 1] == ',' || at_line_end(at_ + 1)) return advance(1);
    if (!table_.relaxed) return fail(at_, "after a closing quote there must be a comma or the line's end");
    cell_.text = '"' + cell_.text + '"';
    advance(1);
  }

  std::string_view line_end_at(std::size_t at) const {
    const std::string_view rest = text_.substr(std::min(at, text_.size()));
    if (rest.starts_with("\r\n")) return "\r\n";
    return rest.starts_with('\n') ? "\n" : rest.starts_with('\r') ? "\r" : "";
  }
  bool at_line_end(std::size_t at) const {
    return !line_end_.empty() && text_.substr(std::min(at, text_.size())).starts_with(line_end_);
  }

  void advance(std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
      if (text_[at_++] != '\n') continue;
      ++line_;
      line_start_ = at_;
    }
  }
  source::Place here() { return {source_, line_, columns_.column(lines_, line_, at_ - line_start_)}; }
  void begin_cell() {
    cell_ = {"", here()};
    cell_start_ = at_;
    was_quoted_ = false;
  }
  void end_cell() {
    if (++cells_ > most_cells) fail(cell_.place, "more than " + std::to_string(most_cells) + " cells");
    row_.push_back(std::move(cell_));
  }
  void end_row() {
    end_cell();
    was_quoted_ = false;
    cell_ = {};
    std::vector<Cell> row = std::exchange(row_, {});
    if (std::exchange(has_header_, true) == false) {
      table_.header = std::move(row);
    } else if (row.size() != table_.header.size()) {
      fail(row.front().place,
           "a row of " + std::to_string(row.size()) + " cells; the header has " + std::to_string(table_.header.size()));
    } else if (table_.rows.size() >= max_rows_) {
      fail(row.front().place, "more than " + std::to_string(max_rows_) + " rows");
    } else {
      table_.rows.push_back(std::move(row));
    }
  }

  void fail(std::size_t byte, std::string message) { fail(source::place_of(source_, text_, byte), std::move(message)); }
  void fail(source::Place place, std::string message) {
    if (std::exchange(failed_, true)) return;
    fault_.place = std::move(place);
    fault_.message = "CSV: " + std::move(message);
    quote_line(fault_, lines_, "");
  }

  const std::string& source_;
  std::string_view text_;
  source::Lines lines_;
  source::ColumnCounter columns_;
  std::size_t max_rows_;
  std::size_t at_ = 0, line_start_ = 0, cell_start_ = 0;
  std::size_t cells_ = 0;
  int line_ = 1;
  std::string_view line_end_;
  bool quoting_ = false, was_quoted_ = false, has_header_ = false, failed_ = false;
  Cell cell_;
  std::vector<Cell> row_;
  Table table_;
  source::Fault fault_;
};

}  // namespace

Result<Table, source::Fault> read_csv(const std::string& source, std::string_view text, std::size_t max_rows) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  auto strict = Reader(source, text, max_rows, false).read();
  if (strict) return strict;
  auto relaxed = Reader(source, text, max_rows, true).read();
  return relaxed ? std::move(relaxed) : std::move(strict);
}

}  // namespace assay::imports
