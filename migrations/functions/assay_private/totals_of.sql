-- What a job's rows add up to. Readers run it through the view `jobs`, hence security definer. Calls booked late (after their lease was lost) count as unknown at their bound here.
create or replace function @assay_private@.totals_of(
  p_day date, p_job bigint,
  out passed int, out failed int, out errors int, out unchecked int, out score float8, out prompt_tokens bigint,
  out answer_tokens bigint, out cost_nanos bigint, out unknown_nanos bigint, out unpriced int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  s record;
begin
  select count(*) filter (where r.verdict = 'pass'), count(*) filter (where r.verdict = 'fail'),
         count(*) filter (where r.verdict = 'error'), count(*) filter (where r.verdict = 'unchecked'),
         avg(r.score) filter (where r.verdict <> 'error'),
         coalesce(sum(coalesce(r.input, 0) + coalesce(r.cached_read, 0) + coalesce(r.cache_write_5m, 0)
                      + coalesce(r.cache_write_1h, 0)), 0),
         coalesce(sum(coalesce(r.output, 0) + coalesce(r.reasoning, 0)), 0),
         coalesce(sum(r.cost_nanos), 0)
  into passed, failed, errors, unchecked, score, prompt_tokens, answer_tokens, cost_nanos
  from @assay_private@.result r where r.job_day = p_day and r.job_id = p_job;

  select coalesce(sum(coalesce(t.input, 0) + coalesce(t.cached_read, 0) + coalesce(t.cache_write_5m, 0)
                      + coalesce(t.cache_write_1h, 0)), 0) as prompt_tokens,
         coalesce(sum(coalesce(t.output, 0) + coalesce(t.reasoning, 0)), 0) as answer_tokens,
         coalesce(sum(t.cost_nanos), 0) as cost_nanos
  into s
  from @assay_private@.settlement t where t.job_day = p_day and t.job_id = p_job and not t.late;
  prompt_tokens := prompt_tokens + s.prompt_tokens;
  answer_tokens := answer_tokens + s.answer_tokens;
  cost_nanos := cost_nanos + s.cost_nanos;

  select coalesce(sum(c.bound_nanos), 0), count(*) filter (where c.bound_nanos is null)
  into unknown_nanos, unpriced
  from @assay_private@.call c
  left join @assay_private@.result r
    on r.job_day = c.job_day and r.job_id = c.job_id and r.cell = c.cell and r.seq = c.seq
       and r.job_day = p_day and r.job_id = p_job
  left join @assay_private@.settlement t
    on t.job_day = c.job_day and t.job_id = c.job_id and t.cell = c.cell and t.seq = c.seq and not t.late
       and t.job_day = p_day and t.job_id = p_job
  where c.job_day = p_day and c.job_id = p_job and r.cost_nanos is null and t.cost_nanos is null;
end $$;
