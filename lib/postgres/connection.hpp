#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "postgres/binary_array.hpp"
#include "postgres/error.hpp"

namespace assay::postgres {

/// The rows of one answer, in text format. Cheap to copy; the views live as long as any copy.
class Rows {
 public:
  class Data;
  explicit Rows(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

  int size() const;
  int columns() const;
  std::string column_name(int column) const;
  std::optional<std::string_view> at(int row, int column) const;  ///< empty: null
  std::string_view text(int row, int column) const { return at(row, column).value_or(std::string_view()); }
  std::int64_t number(int row, int column) const;  ///< null reads as 0
  bool flag(int row, int column) const { return text(row, column) == "t"; }

 private:
  std::shared_ptr<const Data> data_;
};

/// One connection to the database. Blocks; one thread at a time, but for cancel(). The home of libpqxx.
///
/// Every statement is bounded by the guards below. They are set when the connection starts; behind a pooler in
/// transaction mode, which cannot keep them, each statement runs in a transaction of its own that sets them first. Only
/// unnamed statements are used, so a pooler may move us to another server after each.
///
/// After an error that breaks it (`!open()`) a Connection is of no use: destroy it and make a new one.
class Connection {
 public:
  struct Options {
    std::string url;
    std::string application_name = "assay";
    Duration connect_timeout = std::chrono::seconds(5);
    Duration statement_timeout = std::chrono::seconds(30);
    Duration lock_timeout = std::chrono::seconds(5);
    Duration idle_in_transaction_timeout = std::chrono::seconds(5);
    bool own_transactions = false;  ///< the caller opens and ends them with run(), and sets guards itself
  };

  /// Connects, to a server that takes writes. Throws DatabaseError.
  explicit Connection(Options options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// One parameterised statement, one transaction. Throws DatabaseError.
  Rows call(const std::string& statement, const Parameters& parameters);

  /// Statements without parameters, separated by semicolons, as one transaction unless they say otherwise.
  Rows run(const std::string& statements);

  bool open() const;

  /// Whether the server has hung up or sent something while we were idle. Sends nothing.
  bool hung_up();

  /// Asks the server to end the running statement. Any thread, while this object lives.
  void cancel() noexcept;

  /// Listens on a channel. `heard` is called from inside take_notifications().
  void listen(const std::string& channel, std::function<void()> heard);
  void take_notifications();
  int descriptor() const;

  /// True behind a pooler that cannot keep the guards.
  bool pooled() const { return local_guards_; }

 private:
  struct Impl;
  template <class Work>
  Rows guarded(Work work);
  void connect(bool with_options);
  bool guards_hold();
  std::string guards() const;

  Options options_;
  std::unique_ptr<Impl> impl_;
  bool local_guards_ = false;
};

}  // namespace assay::postgres
