#include "postgres/statements.hpp"

namespace assay::postgres {

Statements::Statements(const Schema& schema) {
  claim = schema.fill(
      "select share_id, token, job_id, job_day, first_cell, cell_count, crashes, suspect, done, prior_cells, "
      "prior_calls, "
      "prior_unknown, prior_counted, tenant, suite_id, models, cases, repeats, only_cells, sampling, capped, "
      "traceparent, "
      "mark, run_at_us, next_due_ms from @assay_worker@.claim_v1($1::text, $2::text[], $3::int, $4::int, "
      "$5::bigint * interval '1 millisecond', $6::boolean, nullif($7::bigint[], '{}'))");
  begin = schema.fill(
      "select @assay_worker@.begin_v1($1::text, $2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::text[], "
      "$7::text[], "
      "$8::text[], $9::bytea[], $10::text[], $11::bigint[])");
  settle = schema.fill(
      "select results, closed from @assay_worker@.settle_v2($1::text, "
      "$2::bigint[], $3::bigint[], $4::int[], $5::int[], $6::text[], $7::text[], $8::float8[], "
      "$9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], "
      "$17::text[], "
      "$18::text[], $19::int[], $20::bigint[], "
      "$21::bigint[], $22::bigint[], $23::bigint[], $24::bigint[], $25::bigint[], $26::bigint[], $27::text[], "
      "$28::text[], "
      "$29::text[], $30::bigint[], $31::bigint[], $32::bigint[], $33::bigint[], "
      "$34::bigint[], $35::bigint[], $36::int[], $37::int[], $38::text[], $39::bigint[], "
      "$40::bigint[], $41::bigint[], $42::bigint[], $43::bigint[], $44::bigint[], $45::bigint[], $46::text[], "
      "$47::text[], "
      "$48::text[], $49::int[], $50::text[], $51::bigint[], $52::bigint[], $53::text[], $54::text[])");
  renew = schema.fill(
      "select @assay_worker@.renew_v1($1::text, $2::bigint[], $3::bigint[], $4::bigint * interval '1 millisecond')");
  release = schema.fill("select @assay_worker@.release_v1($1::bigint[], $2::bigint[], $3::bigint[], $4::text[])");
  run_alone = schema.fill("select @assay_worker@.run_alone_v1($1::bigint, $2::bigint)");
  sweep = schema.fill("select rescued, promoted, quarantined from @assay_worker@.sweep_v1($1::int, $2::int)");
  control = schema.fill("select @assay_worker@.control_v1()");
  models = schema.fill("select @assay_worker@.models_v1()");
  suite = schema.fill("select @assay_worker@.suite_v1($1::bigint)");
  hello = schema.fill("select @assay_worker@.hello_v1($1::text, $2::text, $3::int, $4::text, $5::int, $6::text[])");
  bye = schema.fill("select @assay_worker@.bye_v1($1::text, $2::text)");
}

std::vector<Statements::Named> Statements::all() const {
  return {{"claim", claim},     {"begin", begin},         {"settle", settle}, {"renew", renew},
          {"release", release}, {"run_alone", run_alone}, {"sweep", sweep},   {"control", control},
          {"models", models},   {"suite", suite},     {"hello", hello},         {"bye", bye}};
}

}  // namespace assay::postgres
