#include "cli/print_table.hpp"

#include <algorithm>
#include <vector>

#include "json/utf8.hpp"
#include "json/writer.hpp"

namespace assay::cli {
namespace {

/// What a model wrote must not move a person's cursor.
std::string visible(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      result += '?';
    } else {
      result += c;
    }
  }
  return result;
}

std::string cut(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  return std::string(json::truncate_utf8(text, most - 3)) + "…";
}

/// Columns on a screen, roughly: characters, not bytes.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string json_rows(const postgres::Table& table) {
  std::string out;
  for (const auto& row : table.rows) {
    json::Writer writer(out);
    writer.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      writer.key(table.columns[i]);
      if (row[i]) {
        writer.string(*row[i]);
      } else {
        writer.null();
      }
    }
    writer.end_object();
    out += '\n';
  }
  return out;
}

void append_row(std::string& out, const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out += cells[i];
    if (i + 1 < cells.size()) out.append(widths[i] - width(cells[i]) + 2, ' ');
  }
  out += '\n';
}

}  // namespace

std::string to_text(const postgres::Table& table, Format format, std::size_t widest_cell) {
  if (format == Format::json) return json_rows(table);
  std::vector<std::vector<std::string>> lines{table.columns};
  for (const auto& row : table.rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const auto& cell : row) line.push_back(cell ? cut(visible(*cell), widest_cell) : "-");
  }
  std::vector<std::size_t> widths(table.columns.size());
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width(line[i]));
  }
  std::string out;
  for (const auto& line : lines) append_row(out, line, widths);
  return out;
}

std::string json_array(const postgres::Table& table) {
  std::string rows = json_rows(table);
  if (!rows.empty()) rows.pop_back();
  for (std::size_t end = rows.find('\n'); end != std::string::npos; end = rows.find('\n', end + 2)) rows.insert(end, ",");
  return "[" + rows + "]\n";
}

std::string to_lines(const postgres::Table& table) {
  std::string out;
  std::size_t widest = 0;
  for (const std::string& column : table.columns) widest = std::max(widest, column.size());
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += table.columns[i] + ":" + std::string(widest - table.columns[i].size() + 1, ' ') + (row[i] ? visible(*row[i]) : "-") + "\n";
    }
  }
  return out;
}

}  // namespace assay::cli
