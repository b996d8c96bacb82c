#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace assay::source {

/// Where a value was written. Line and column count from 1, columns in characters; 0 where there are no lines.
struct Place {
  std::string source;  ///< the file's name, an environment variable's, or "--set"
  int line = 0, column = 0;
};

/// Something wrong in a file or a setting, told so that a person can mend it. Holds no secret: who makes one shows a
/// value only where it is public.
struct Fault {
  enum class Severity { error, warning };

  Severity severity = Severity::error;
  Place place;
  std::string message;
  std::string excerpt;     ///< the line, hidden parts as "…"; empty when there is none
  int caret = 0;           ///< character of the excerpt to point at, from 1
  std::string suggestion;  ///< the nearest valid name; empty when nothing is near
};

/// assay.yaml:3:10: worker.slots: expected a whole number from 1 to 100000, got "many"
///      3 |   slots: many
///        |          ^
std::string to_text(const Fault& fault);
std::string to_text(const std::vector<Fault>& faults);

/// The lines of a text, for excerpts.
class Lines {
 public:
  explicit Lines(std::string_view text);
  int count() const { return static_cast<int>(lines_.size()); }
  std::string_view line(int number) const;  ///< from 1; empty when there is none

 private:
  std::vector<std::string_view> lines_;
};

/// The 1-based column in characters for a byte offset in a line.
int column_of(std::string_view line, std::size_t byte);
/// The byte offset for a 1-based column in characters.
std::size_t byte_of(std::string_view line, int column);
/// The place of a byte of a text.
Place place_of(const std::string& source, std::string_view text, std::size_t byte);

/// Columns of many places, asked for from left to right: each character of a line is counted once.
class ColumnCounter {
 public:
  int column(const Lines& lines, int line, std::size_t byte);

 private:
  int line_ = 0, column_ = 1;
  std::size_t byte_ = 0;
};

/// Puts the line at `fault.place` into the fault: what stands before the place if it is only a key or a list's dash,
/// then `shown`, then "…" if the line goes on.
void quote_line(Fault& fault, const Lines& lines, std::string_view shown);

}  // namespace assay::source
