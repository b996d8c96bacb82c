#pragma once
#include <string>
#include <vector>

#include "postgres/schema.hpp"

namespace assay::postgres {

/// The catalogue of what a worker says to the database: one-line calls of the functions in migrations/functions. A test
/// tries each against a migrated database.
struct Statements {
  explicit Statements(const Schema& schema);

  std::string claim;      ///< worker, queues, shares, cells, lease ms, take suspect, marks ({} for a full scan)
  std::string begin;      ///< worker, then ten arrays, one element per call
  std::string settle;     ///< worker, then the arrays of results, ended calls and closed shares
  std::string renew;      ///< worker, shares, tokens, lease ms
  std::string release;    ///< shares, tokens, wake ms, reasons
  std::string run_alone;  ///< share, token
  std::string sweep;      ///< limit, crashes alone before a quarantine
  std::string control;
  std::string models;
  std::string suite;  ///< suite
  std::string hello;  ///< worker, host, pid, version, slots, queues
  std::string bye;    ///< worker, state

  struct Named {
    const char* name;
    const std::string& text;
  };
  std::vector<Named> all() const;
};

}  // namespace assay::postgres
