#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

namespace assay::postgres {

/// What can be done about an error of the database.
enum class ErrorKind {
  outage,     ///< not done: the server is away, read-only, full or too slow. Try again later
  ambiguous,  ///< the connection broke while an answer was awaited: perhaps done
  retry,      ///< not done: a deadlock or a serialization failure. Try again at once
  bad_data,   ///< not done: a value that cannot be stored (class 22, 23, 54). Never try the same again
  ours,       ///< not done: a refusal by our own SQL (class ZA), with a hint for people
  fatal       ///< not done: the schema, the rights or the program are wrong
};
std::string_view to_string(ErrorKind kind);

/// What a SQLSTATE means for us. One total function; an empty state is `ambiguous`.
ErrorKind kind_of(std::string_view sqlstate);

/// A statement or a connection attempt that failed. `what()` is one line for people and never holds parameters.
class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(ErrorKind kind, std::string sqlstate, std::string_view message);

  ErrorKind kind() const { return kind_; }
  const std::string& sqlstate() const { return sqlstate_; }  ///< five characters, or empty
  const std::string& message() const { return message_; }    ///< the server's first line, without "ERROR:"
  const std::string& detail() const { return detail_; }
  const std::string& hint() const { return hint_; }

 private:
  struct Parts;
  DatabaseError(ErrorKind kind, std::string sqlstate, Parts parts);
  ErrorKind kind_;
  std::string sqlstate_, message_, detail_, hint_;
};

}  // namespace assay::postgres
