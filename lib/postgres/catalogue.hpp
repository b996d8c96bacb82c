#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace assay::postgres {

/// One file of migrations/.
struct SqlFile {
  std::string name;  ///< tables: "0003_shares"; functions: "assay_worker/claim_v1.sql"
  std::string sql;   ///< with the placeholders of migrations/README.md
};

/// The number a table migration's name begins with. Throws std::invalid_argument when there is none.
int number_of(const SqlFile& table);

/// Whether it may run before the new programs are there, as its first line says.
bool runs_before_the_deploy(const SqlFile& table);

/// Everything that makes a database ours, in the order it runs.
struct Catalogue {
  std::vector<SqlFile> tables;     ///< numbered, each once, never edited after release
  std::vector<SqlFile> functions;  ///< re-applied when they change
  std::vector<SqlFile> roles;
};

/// What was in migrations/ when this program was built.
Catalogue embedded_catalogue();

}  // namespace assay::postgres
