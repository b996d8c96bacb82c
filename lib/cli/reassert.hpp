#pragma once
#include <string>
#include <vector>

#include "assertions/compile.hpp"
#include "postgres/admin.hpp"

namespace assay::cli {

/// What became of one stored answer under a new suite.
struct Rejudged {
  std::string cell, test, model, before, after;  ///< `after` is empty where the answer cannot be judged again …
  std::string why;                               ///< … and this says why; else the new verdict's reason
  double score = 0;
};

/// Judges stored answers (rows of the view `results`) once more, by place of their test case; calls nobody. Answers
/// that are not stored, or not as they came (escaped, cut), and cases that the suite does not have are told apart.
std::vector<Rejudged> rejudge(const postgres::Table& results, const assertions::CompiledSuite& suite);

/// "pass -> fail: 3" for each pair of verdicts, then a line for each cell that changed or could not be judged.
std::string to_text(const std::vector<Rejudged>& cells);
/// One JSON object a line, for every cell.
std::string to_json_lines(const std::vector<Rejudged>& cells);

/// Whether some cell failed, erred or could not be judged.
bool any_bad(const std::vector<Rejudged>& cells);

}  // namespace assay::cli
