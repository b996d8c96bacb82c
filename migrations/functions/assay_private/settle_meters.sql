-- The slow half of settle_v1, for jobs with a cap or several shares and for ends that need the rows read.
-- Each newly written result and each newly booked call gives its bound back and adds its cost, once; a call without a known
-- cost keeps its bound. A deleted share counts its job's open shares down, and the one that brings them to 0 ends the job.
-- Meters are locked in job order. Raises ZA101 when a deleted share has cells without a result.
create or replace function @assay_private@.settle_meters(
  p_jobs bigint[], p_cells int[], p_booked @assay_private@.call_key[], p_gone @assay_private@.gone_share[])
returns void
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  g @assay_private@.gone_share;
  k record;
  v_have int;
  v_open int;
begin
  foreach g in array coalesce(p_gone, '{}') loop
    select count(*) into v_have from @assay_private@.result r
    where r.job_day = g.job_day and r.job_id = g.job_id and r.cell >= g.first_cell and r.cell < g.first_cell + g.cell_count;
    if v_have < g.cell_count then
      raise exception 'share % of job % cannot end: % of its % cells have no result',
        g.id, g.job_id, g.cell_count - v_have, g.cell_count
        using errcode = 'ZA101', hint = 'The share stays; release it or let its lease expire, and it resumes with the open cells.';
    end if;
  end loop;

  for k in
    select c.job_id, sum(c.cost) as cost, sum(c.freed) as freed, sum(c.closed) as closed, bool_or(c.over) as over,
           max(c.token) as token, bool_or(c.metered) as metered
    from (
      select m.job_id, coalesce(r.cost_nanos, 0) as cost, case when r.cost_nanos is not null then b.bound_nanos else 0 end as freed,
             0 as closed, r.cost_nanos > b.bound_nanos as over, null::bigint as token, true as metered
      from unnest(p_jobs, p_cells) n(job_id, cell)
      cross join lateral (
        select t.job_id from @assay_private@.job_meter t
        where t.job_id = n.job_id and t.max_cost_nanos is not null offset 0) m
      cross join lateral (select j.day from @assay_private@.job j where j.id = n.job_id offset 0) j
      cross join lateral (
        select t.cost_nanos, t.seq from @assay_private@.result t
        where t.job_day = j.day and t.job_id = n.job_id and t.cell = n.cell offset 0) r
      cross join lateral (
        select t.bound_nanos from @assay_private@.call t
        where t.job_day = j.day and t.job_id = n.job_id and t.cell = n.cell and t.seq = r.seq offset 0) b
      union all
      select m.job_id, coalesce(s.cost_nanos, 0), case when s.cost_nanos is not null then b.bound_nanos else 0 end,
             0, s.cost_nanos > b.bound_nanos, null, true
      from unnest(p_booked) n
      cross join lateral (
        select t.job_id from @assay_private@.job_meter t
        where t.job_id = n.job_id and t.max_cost_nanos is not null offset 0) m
      cross join lateral (
        select t.cost_nanos from @assay_private@.settlement t
        where t.job_day = n.job_day and t.job_id = n.job_id and t.cell = n.cell and t.seq = n.seq offset 0) s
      cross join lateral (
        select t.bound_nanos from @assay_private@.call t
        where t.job_day = n.job_day and t.job_id = n.job_id and t.cell = n.cell and t.seq = n.seq offset 0) b
      union all
      select n.job_id, 0, 0, 1, false, n.token, n.capped or not n.solo from unnest(p_gone) n) c
    group by c.job_id order by c.job_id
  loop
    v_open := 0;
    if k.metered then
      update @assay_private@.job_meter
      set settled_nanos = settled_nanos + k.cost, reserved_nanos = reserved_nanos - k.freed,
          open_shares = open_shares - k.closed, frozen = frozen or coalesce(k.over, false)
      where job_id = k.job_id
      returning open_shares into v_open;
    end if;
    if k.closed > 0 and v_open = 0 then
      perform @assay_private@.end_job(k.job_id, 'finished', k.token, null);
    end if;
  end loop;
end $$;
