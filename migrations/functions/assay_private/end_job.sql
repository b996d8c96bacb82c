-- Writes a job's end from its rows: results, calls booked under their lease, and calls whose cost is not known. Calls booked
-- late stay outside, so the row never changes; the view `jobs` adds them. Its shares are gone or go in the same transaction.
create or replace function @assay_private@.end_job(
  p_job bigint, p_outcome @assay_private@.job_outcome, p_token bigint, p_reason text) returns void
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_day date;
  v_tenant text;
begin
  select day, tenant into strict v_day, v_tenant from @assay_private@.job where id = p_job;
  insert into @assay_private@.job_end (
    job_id, job_day, tenant, outcome, token, reason, passed, failed, errors, unchecked, score, prompt_tokens, answer_tokens,
    cost_nanos, unknown_nanos, unpriced)
  select p_job, v_day, v_tenant, p_outcome, p_token, p_reason, t.passed, t.failed, t.errors, t.unchecked, t.score,
         t.prompt_tokens, t.answer_tokens, t.cost_nanos, t.unknown_nanos, t.unpriced
  from @assay_private@.totals_of(v_day, p_job) t;
  delete from @assay_private@.job_meter where job_id = p_job;
end $$;
