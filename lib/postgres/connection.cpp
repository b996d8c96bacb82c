#include "postgres/connection.hpp"

#include <poll.h>

#include <charconv>
#include <pqxx/pqxx>
#include <vector>

#include "base/require.hpp"
#include "postgres/url.hpp"

#if PQXX_VERSION_MAJOR >= 7
#include <pqxx/params>
#endif

#if defined(__SANITIZE_ADDRESS__)
// libpqxx 6.4.5 loses the result of a statement whose connection broke (about 2 KiB): it asks for the client's encoding
// between taking the result and owning it, and that throws.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:PQmakeEmptyPGresult\n";
}
extern "C" const char* __lsan_default_options() {
  return "print_suppressions=0";
}
#endif

namespace assay::postgres {

class Rows::Data {
 public:
  explicit Data(pqxx::result rows) : result(std::move(rows)), width(static_cast<std::size_t>(result.columns())) {
    fields.reserve(static_cast<std::size_t>(result.size()) * width);
    for (const pqxx::row& row : result) {
      for (pqxx::row::size_type column = 0; column < row.size(); ++column) {
        const pqxx::field field = row[column];
        fields.push_back(field.is_null() ? std::string_view() : std::string_view(field.c_str(), field.size()));
      }
    }
  }
  pqxx::result result;
  std::size_t width;
  std::vector<std::string_view>
      fields;  // looked up once: a pqxx::field shares ownership, which costs more than its value
};

int Rows::size() const {
  return static_cast<int>(data_->result.size());
}
int Rows::columns() const {
  return static_cast<int>(data_->result.columns());
}
std::string Rows::column_name(int column) const {
  return data_->result.column_name(static_cast<pqxx::row::size_type>(column));
}

std::optional<std::string_view> Rows::at(int row, int column) const {
  require(row >= 0 && row < size() && column >= 0 && column < columns(), "a field lies inside its rows");
  const std::string_view field =
      data_->fields[static_cast<std::size_t>(row) * data_->width + static_cast<std::size_t>(column)];
  if (field.data() == nullptr) return std::nullopt;
  return field;
}

std::int64_t Rows::number(int row, int column) const {
  const std::string_view digits = text(row, column);
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

namespace {

std::string milliseconds(Duration duration) {
  return std::to_string(std::chrono::ceil<std::chrono::milliseconds>(duration).count());
}

class Hearer final : public pqxx::notification_receiver {
 public:
  template <class Backend>
  Hearer(Backend& backend, const std::string& channel, std::function<void()> heard)
      : pqxx::notification_receiver(backend, channel), heard_(std::move(heard)) {}
  void operator()(const std::string&, int) override { heard_(); }

 private:
  std::function<void()> heard_;
};

bool is_url_with_options(std::string_view url) {
  return with_parameter(url, "options", "x") == url;
}

/// The one spelling that 6.4.5 and 7.x share hides behind these two functions.
pqxx::result execute(pqxx::transaction_base& work, const std::string& statement, const Parameters& parameters) {
#if PQXX_VERSION_MAJOR >= 7
  pqxx::params bound;
  for (const std::string& value : parameters.values()) bound.append(pqxx::binarystring(value.data(), value.size()));
  return work.exec_params(statement, bound);
#else
  std::vector<pqxx::binarystring> bound;  // 6.4.5 sends a binarystring in binary format
  bound.reserve(parameters.values().size());
  for (const std::string& value : parameters.values()) bound.emplace_back(value.data(), value.size());
  return work.exec_params(statement, pqxx::prepare::make_dynamic_params(bound));
#endif
}

DatabaseError translated(const std::exception& error, bool open, bool connecting) {
  std::string sqlstate;
  if (const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error)) {
    sqlstate = sql->sqlstate();
  } else if (dynamic_cast<const pqxx::deadlock_detected*>(&error) != nullptr) {  // no sql_error in 6.x
    sqlstate = "40P01";
  } else if (dynamic_cast<const pqxx::serialization_failure*>(&error) != nullptr) {
    sqlstate = "40001";
  } else if (dynamic_cast<const pqxx::too_many_connections*>(&error) != nullptr) {
    sqlstate = "53300";
  }
  ErrorKind kind = kind_of(sqlstate);
  if (connecting) kind = ErrorKind::outage;
  if (!connecting && !open && kind != ErrorKind::bad_data && kind != ErrorKind::ours) kind = ErrorKind::ambiguous;
  if (sqlstate.empty() && open && !connecting) kind = ErrorKind::fatal;
  return DatabaseError(kind, sqlstate, error.what());
}

}  // namespace

struct Connection::Impl {
  explicit Impl(const std::string& url) : backend(url), quiet(backend) {}
  pqxx::connection backend;
  pqxx::quiet_errorhandler quiet;  // notices are for psql
  std::unique_ptr<Hearer> hearer;
};

Connection::Connection(Options options) : options_(std::move(options)) {
  const bool own_options = is_url_with_options(options_.url);
  try {
    connect(!own_options);
  } catch (const DatabaseError& error) {
    if (own_options || error.message().find("startup parameter") == std::string::npos) throw;
    connect(false);  // a pooler that refuses `options`
    local_guards_ = !options_.own_transactions;
    return;
  }
  if (!own_options && !options_.own_transactions) local_guards_ = !guards_hold();
}

Connection::~Connection() = default;

void Connection::connect(bool with_options) {
  std::string url = options_.url;
  const auto seconds =
      std::to_string(std::max<long>(2, std::chrono::ceil<std::chrono::seconds>(options_.connect_timeout).count()));
  const std::pair<const char*, std::string> wanted[] = {{"application_name", options_.application_name.substr(0, 63)},
                                                        {"connect_timeout", seconds},
                                                        {"client_encoding", "UTF8"},
                                                        {"target_session_attrs", "read-write"},
                                                        {"keepalives_idle", "10"},
                                                        {"keepalives_interval", "5"},
                                                        {"keepalives_count", "3"},
                                                        {"tcp_user_timeout", "20000"}};
  for (const auto& [key, value] : wanted) url = with_parameter(url, key, value);
  if (with_options) {
    url = with_parameter(
        url, "options",
        "-c statement_timeout=" + milliseconds(options_.statement_timeout) +
            " -c lock_timeout=" + milliseconds(options_.lock_timeout) +
            " -c idle_in_transaction_session_timeout=" + milliseconds(options_.idle_in_transaction_timeout));
  }
  try {
    impl_ = std::make_unique<Impl>(url);
  } catch (const std::exception& error) {
    throw translated(error, false, true);
  }
}

bool Connection::guards_hold() {
  const Rows rows = run("select (extract(epoch from current_setting('statement_timeout')::interval) * 1000)::bigint");
  return std::to_string(rows.number(0, 0)) == milliseconds(options_.statement_timeout);
}

std::string Connection::guards() const {
  return "begin; set local statement_timeout = " + milliseconds(options_.statement_timeout) +
         "; set local lock_timeout = " + milliseconds(options_.lock_timeout) +
         "; set local idle_in_transaction_session_timeout = " + milliseconds(options_.idle_in_transaction_timeout);
}

template <class Work>
Rows Connection::guarded(Work work) {
  if (!open()) throw DatabaseError(ErrorKind::outage, "", "the connection is closed");
  try {
    pqxx::nontransaction session(impl_->backend);
    return Rows(std::make_shared<Rows::Data>(work(session)));
  } catch (const std::exception& error) {
    throw translated(error, open(), false);
  }
}

Rows Connection::run(const std::string& statements) {
  return guarded([&](pqxx::nontransaction& session) { return session.exec(statements); });
}

Rows Connection::call(const std::string& statement, const Parameters& parameters) {
  if (!local_guards_) {
    return guarded([&](pqxx::nontransaction& session) { return execute(session, statement, parameters); });
  }
  try {
    run(guards());
    Rows rows = guarded([&](pqxx::nontransaction& session) { return execute(session, statement, parameters); });
    run("commit");
    return rows;
  } catch (const DatabaseError&) {
    if (open()) run("rollback");
    throw;
  }
}

bool Connection::open() const {
  return impl_ && impl_->backend.is_open();
}

bool Connection::hung_up() {
  // What can be read while nothing was asked: a notice, a changed setting, a last word, and in the end the end.
  for (pollfd watched{descriptor(), POLLIN, 0}; watched.fd >= 0;) {
    if (::poll(&watched, 1, 0) == 0) return false;
    try {
      impl_->backend.get_notifs();
    } catch (const std::exception&) {
      return true;
    }
    watched.fd = descriptor();
  }
  return true;
}

void Connection::cancel() noexcept {
  try {
    impl_->backend.cancel_query();
  } catch (const std::exception&) {  // it has gone already
  }
}

void Connection::listen(const std::string& channel, std::function<void()> heard) {
  try {
    impl_->hearer = std::make_unique<Hearer>(impl_->backend, channel, std::move(heard));
  } catch (const std::exception& error) {
    throw translated(error, open(), false);
  }
}

void Connection::take_notifications() {
  try {
    impl_->backend.get_notifs();
  } catch (const std::exception& error) {
    throw translated(error, open(), false);
  }
}

int Connection::descriptor() const {
  return open() ? impl_->backend.sock() : -1;
}

}  // namespace assay::postgres
