#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "job/ids.hpp"
#include "postgres/connection.hpp"
#include "postgres/schema.hpp"

namespace assay::postgres {

/// Our own SQL said no, and why: what a person reads and mends.
struct Refusal {
  std::string sqlstate;  ///< ZA0xx
  std::string message;   ///< names the argument and the place in it
  std::string hint;      ///< may be empty
};
std::string to_string(const Refusal& refusal);  ///< "p_models: … (hint) [ZA001]"

/// What a person sees: names of columns and rows of text; an empty cell is null.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
};

/// What a command line asks of the database, through the functions and views for people. Blocks; one thread. Throws
/// DatabaseError when the database fails.
class Admin {
 public:
  struct Order {
    SuiteId suite;
    std::vector<std::string> models;
    std::string tenant = "default", queue = "default";
    std::int32_t repeats = 1, priority = 0, cells_per_share = 64;
    std::string run_at;       ///< as Postgres reads a time; empty: now
    std::string max_cost;     ///< dollars, decimal; empty: no cap
    std::string sampling;     ///< JSON object; empty: none
    std::string metadata;     ///< JSON object; empty: none
    std::string traceparent;  ///< empty: none
  };
  /// What put_model takes.
  struct Model {
    std::string name, provider;
    std::string model;   ///< as the provider names it; empty: the name
    std::string prices;  ///< JSON: dollars by class, and their unit; empty: unknown
    std::optional<std::int64_t> context_tokens{}, max_output_tokens{};
    std::vector<std::string> tasks{};
    std::string lifecycle = "current", mode = "chat";
  };
  /// Which calls to look at; all of them by default.
  struct Span {
    std::string from, to;  ///< days as 2026-08-01, both inclusive; empty: unbounded
    std::string model;     ///< the name that travelled; empty: any
  };
  struct Check {
    std::string name;
    std::int64_t violations = 0;
    std::string example;
  };

  Admin(std::string url, Schema schema);

  Result<SuiteId, Refusal> put_suite(const std::string& content, const std::string& tenant = "default");
  Result<std::vector<JobId>, Refusal> enqueue(const std::vector<Order>& orders);
  Result<bool, Refusal> cancel(JobId job, const std::string& reason = "");  ///< false: it had already ended
  Result<JobId, Refusal> retry(JobId job, const std::string& which = "failed",
                               const std::vector<CellNumber>& cells = {});
  Result<bool, Refusal> pause(const std::string& queue, bool paused);

  Result<bool, Refusal> put_model(const Model& model);
  Result<bool, Refusal> drop_model(const std::string& name);  ///< false: there was none
  Table models();

  /// Calls, tokens and dollars by `by`: provider, model, day, tenant or job (require).
  Result<Table, Refusal> usage(const std::string& by, const Span& span);

  /// The models that were called, by day, with the vendor whose price was booked (empty: none was known).
  struct Called {
    std::string day, provider, model, vendor;
  };
  Result<std::vector<Called>, Refusal> called(const Span& span);
  /// What answered calls would have cost. `prices`: JSON as rerate() takes it; empty: each call's own snapshot.
  Result<Table, Refusal> rerate(const Span& span, const std::string& prices);

  Table job(JobId job);  ///< one row of the view `jobs`, or none
  Table jobs(std::int32_t newest);
  Table results(JobId job);     ///< in the order of the cells
  std::vector<Check> verify();  ///< every invariant; all is well when no violations are counted
  std::int64_t backlog();       ///< cells that wait or are worked on

 private:
  template <class T, class Read>
  Result<T, Refusal> ask(const std::string& sql, const Parameters& parameters, Read read);
  Table table(const std::string& sql, const Parameters& parameters);

  Schema schema_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace assay::postgres
