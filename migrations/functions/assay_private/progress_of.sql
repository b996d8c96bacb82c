-- What earlier holders left of a share: cells with a result, and cells without one that were called, how often, whether
-- one of those calls has no known outcome, and how many count as tries: neither a throttled call nor one that its own
-- worker cut does. Call it after the share was locked: as a statement of its own it sees all that was committed under the
-- old lease.
create or replace function @assay_private@.progress_of(p_day date, p_job bigint, p_first int, p_count int)
returns @assay_private@.progress
language plpgsql volatile set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  p @assay_private@.progress;
begin
  select array_agg(r.cell order by r.cell) into p.done
  from @assay_private@.result r
  where r.job_day = p_day and r.job_id = p_job and r.cell >= p_first and r.cell < p_first + p_count;

  select array_agg(k.cell order by k.cell), array_agg(k.calls order by k.cell), array_agg(k.unknown order by k.cell),
         array_agg(k.counted order by k.cell)
  into p.prior_cells, p.prior_calls, p.prior_unknown, p.prior_counted
  from (
    select c.cell, max(c.seq) as calls,
           bool_or(coalesce(s.job_id is null or s.failure = 'outcome_unknown', true)) as unknown,
           count(*) filter (where coalesce(s.failure not in ('rate_limited', 'cancelled', 'outcome_unknown'), true))::int as counted
    from @assay_private@.call c
    left join @assay_private@.settlement s
      on s.job_day = p_day and s.job_id = p_job and s.cell = c.cell and s.seq = c.seq
    where c.job_day = p_day and c.job_id = p_job and c.cell >= p_first and c.cell < p_first + p_count
      and c.cell <> all(coalesce(p.done, '{}'))
    group by c.cell) k;
  return p;
end $$;
