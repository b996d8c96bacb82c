#include "postgres/claim_call.hpp"

#include <stdexcept>

#include "postgres/statements.hpp"
#include "suite/sampling.hpp"

namespace assay::postgres {
namespace {

constexpr std::size_t priorities = 4;

/// The columns of Statements::claim, in its order.
enum Column {
  share_id,
  token,
  job_id,
  job_day,
  first_cell,
  cell_count,
  crashes,
  suspect,
  done,
  prior_cells,
  prior_calls,
  prior_unknown,
  prior_counted,
  tenant,
  suite_id,
  models,
  cases,
  repeats,
  only_cells,
  sampling,
  capped,
  traceparent,
  mark,
  run_at_us,
  next_due_ms
};

std::int32_t small(std::int64_t number) {
  return static_cast<std::int32_t>(number);
}

std::vector<CellNumber> cells_of(const Rows& rows, int row, Column column) {
  std::vector<CellNumber> cells;
  if (const auto printed = rows.at(row, column)) {
    for (const std::int64_t cell : parse_int_array(*printed)) cells.emplace_back(small(cell));
  }
  return cells;
}

std::vector<PriorCalls> prior_of(const Rows& rows, int row) {
  std::vector<PriorCalls> prior;
  const std::vector<CellNumber> cells = cells_of(rows, row, prior_cells);
  if (cells.empty()) return prior;
  const std::vector<std::int64_t> calls = parse_int_array(rows.text(row, prior_calls));
  const std::vector<bool> unknown = parse_bool_array(rows.text(row, prior_unknown));
  const std::vector<std::int64_t> counted = parse_int_array(rows.text(row, prior_counted));
  if (calls.size() != cells.size() || unknown.size() != cells.size() || counted.size() != cells.size()) {
    throw std::invalid_argument("claim_v1: prior_* differ in length");
  }
  for (std::size_t i = 0; i < cells.size(); ++i)
    prior.push_back({cells[i], small(calls[i]), unknown[i], small(counted[i])});
  return prior;
}

/// What cannot be read must not stop the claim, which holds other jobs too: the job's own cells say so.
void read_wishes(std::string_view text, JobTerms& terms) {
  auto read = suite::read_sampling(text, "sampling", suite::ToolsAre::here_or_in_the_suite);
  if (read) {
    terms.sampling = std::move(*read);
  } else {
    terms.sampling_fault = read.error().path + " " + read.error().message;
  }
}

std::shared_ptr<const JobTerms> terms_of(const Rows& rows, int row) {
  auto terms = std::make_shared<JobTerms>();
  terms->job = JobId(rows.number(row, job_id));
  terms->day = Day{small(rows.number(row, job_day))};
  terms->suite = SuiteId(rows.number(row, suite_id));
  terms->tenant = rows.text(row, tenant);
  for (auto& model : parse_array(rows.text(row, models))) terms->models.push_back(std::move(model).value_or(""));
  terms->cases = small(rows.number(row, cases));
  terms->repeats = small(rows.number(row, repeats));
  terms->only = cells_of(rows, row, only_cells);
  read_wishes(rows.text(row, sampling), *terms);
  terms->capped = rows.flag(row, capped);
  terms->traceparent = rows.text(row, traceparent);
  return terms;
}

Lease lease_of(const Rows& rows, int row, std::shared_ptr<const JobTerms> terms, Instant claimed) {
  Lease lease;
  lease.share = ShareId(rows.number(row, share_id));
  lease.token = Token(rows.number(row, token));
  lease.terms = std::move(terms);
  lease.first = CellNumber(small(rows.number(row, first_cell)));
  lease.count = small(rows.number(row, cell_count));
  lease.crashes = small(rows.number(row, crashes));
  lease.suspect = rows.flag(row, suspect);
  lease.done = cells_of(rows, row, done);
  lease.prior = prior_of(rows, row);
  lease.claimed = claimed;
  return lease;
}

}  // namespace

ClaimCall::ClaimCall(std::string statement, std::string worker, std::vector<std::string> queues, Duration lease)
    : statement_(std::move(statement)),
      worker_(std::move(worker)),
      queues_(std::move(queues)),
      lease_(lease),
      marks_(queues_.size() * priorities) {}

queue::Claimed ClaimCall::operator()(Connection& connection, const Request& request) {
  BinaryArray queues(BinaryArray::Type::text, queues_.size(), 16), low(BinaryArray::Type::int8, marks_.size());
  for (const std::string& name : queues_) queues.bytes(name);
  const bool all = look_at_all_.exchange(false);
  if (!all) {
    for (const auto& place : marks_) low.int8_or_null(place);
  }
  Parameters parameters;
  parameters.text(worker_).array(std::move(queues)).int4(request.what.shares).int4(request.what.cells);
  parameters.int8(std::chrono::duration_cast<std::chrono::milliseconds>(lease_).count());
  parameters.boolean(request.what.take_suspect).array(std::move(low));

  // The lease runs from a moment that is certainly not later than the database's.
  const Instant claimed = request.asked + (std::chrono::steady_clock::now() - request.asked_real);
  std::optional<Rows> answer;
  try {
    answer.emplace(connection.call(statement_, parameters));
  } catch (const DatabaseError&) {
    if (all) look_at_all_ = true;
    throw;
  }
  const Rows& rows = *answer;
  queue::Claimed result;
  std::shared_ptr<const JobTerms> terms;
  for (int row = 0; row < rows.size(); ++row) {
    if (!rows.at(row, share_id)) {
      if (rows.at(row, next_due_ms)) result.next_due = std::chrono::milliseconds(rows.number(row, next_due_ms));
      continue;
    }
    if (!terms || terms->job.value != rows.number(row, job_id)) terms = terms_of(rows, row);
    result.leases.push_back(lease_of(rows, row, terms, claimed));
    const auto place = static_cast<std::size_t>(rows.number(row, mark));
    if (place >= 1 && place <= marks_.size()) marks_[place - 1] = rows.number(row, run_at_us);
  }
  return result;
}

}  // namespace assay::postgres
