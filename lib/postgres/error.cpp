#include "postgres/error.hpp"

#include <utility>

namespace assay::postgres {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::outage:
      return "outage";
    case ErrorKind::ambiguous:
      return "ambiguous";
    case ErrorKind::retry:
      return "retry";
    case ErrorKind::bad_data:
      return "bad_data";
    case ErrorKind::ours:
      return "ours";
    case ErrorKind::fatal:
      return "fatal";
  }
  return "fatal";
}

ErrorKind kind_of(std::string_view sqlstate) {
  if (sqlstate.size() != 5) return ErrorKind::ambiguous;
  if (sqlstate == "40001" || sqlstate == "40P01") return ErrorKind::retry;
  // The server went away with our statement in its hands; whether the commit was written before is not known.
  if (sqlstate == "57P01" || sqlstate == "57P02" || sqlstate == "40003" || sqlstate == "08007")
    return ErrorKind::ambiguous;
  const std::string_view group = sqlstate.substr(0, 2);
  if (group == "22" || group == "23" || group == "54") return ErrorKind::bad_data;
  if (group == "ZA") return ErrorKind::ours;
  const bool away = group == "08" || group == "53" || group == "55" || group == "57" || group == "58";
  if (away || sqlstate == "25006" || sqlstate == "25P03") return ErrorKind::outage;
  return ErrorKind::fatal;
}

/// The server's text, taken apart by the labels libpq puts at the beginning of its lines.
struct DatabaseError::Parts {
  explicit Parts(std::string_view text) {
    std::string* into = &message;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      into = pick(line, into);
      if (into == nullptr) continue;
      if (!into->empty() && !line.empty()) *into += ' ';
      *into += line;
    }
  }
  std::string message, detail, hint;

 private:
  static bool strip(std::string_view& line, std::string_view label) {
    if (line.substr(0, label.size()) != label) return false;
    line.remove_prefix(label.size());
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    return true;
  }
  std::string* pick(std::string_view& line, std::string* current) {
    if (strip(line, "ERROR:") || strip(line, "FATAL:") || strip(line, "PANIC:")) return &message;
    if (strip(line, "DETAIL:")) return &detail;
    if (strip(line, "HINT:")) return &hint;
    for (const std::string_view label : {"CONTEXT:", "QUERY:", "LOCATION:", "LINE "}) {
      if (strip(line, label)) return nullptr;
    }
    return current;
  }
};

namespace {

std::string one_line(const std::string& sqlstate, const std::string& message, const std::string& hint) {
  std::string line = message;
  if (!hint.empty()) line += " (" + hint + ")";
  if (!sqlstate.empty()) line += " [" + sqlstate + "]";
  return line;
}

}  // namespace

DatabaseError::DatabaseError(ErrorKind kind, std::string sqlstate, std::string_view message)
    : DatabaseError(kind, std::move(sqlstate), Parts(message)) {}

// DETAIL may quote the row that failed: it is kept apart and stays out of what().
DatabaseError::DatabaseError(ErrorKind kind, std::string sqlstate, Parts parts)
    : std::runtime_error(one_line(sqlstate, parts.message, parts.hint)),
      kind_(kind),
      sqlstate_(std::move(sqlstate)),
      message_(std::move(parts.message)),
      detail_(std::move(parts.detail)),
      hint_(std::move(parts.hint)) {}

}  // namespace assay::postgres
