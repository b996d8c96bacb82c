#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "source/fault.hpp"

namespace assay::imports {

struct Cell {
  std::string text;
  source::Place place;
};

/// A table with a header. Every row has as many cells as the header.
struct Table {
  std::vector<Cell> header;
  std::vector<std::vector<Cell>> rows;
  bool relaxed = false;  ///< a quote stood where RFC 4180 allows none; it was taken as a character
};

/// Reads comma-separated values as promptfoo's reader does: the first line end (CRLF, LF or CR) is the line end of the
/// whole file, others are characters; quoted cells may hold commas, line ends and doubled quotes; an empty line is a
/// row of one empty cell. When a quote is out of place, the text is read again with quotes inside cells as characters.
/// At most `max_rows` rows and a million cells.
Result<Table, source::Fault> read_csv(const std::string& source, std::string_view text, std::size_t max_rows);

}  // namespace assay::imports
