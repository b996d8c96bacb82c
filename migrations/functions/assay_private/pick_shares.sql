-- Locks the due shares that a claim takes, most urgent and oldest first, skipping what others hold. Within a priority, queues
-- come in random order, so that none starves another. Arguments as in claim_v1.
--
-- One index range per queue and priority: `priority = constant` makes run_at the end of the range, so future rows are never
-- touched. generate_series repeats each share once per cell, so that the outer limit stops the scan, and with it the locking,
-- as soon as the cells suffice. The rows' places (ctid) stay theirs while they are locked. Plans do not depend on statistics: only index scans are allowed.
create or replace function @assay_private@.pick_shares(
  p_queues text[], p_shares int, p_cells int, p_low_us bigint[], p_now timestamptz, out places tid[], out days date[])
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  select array_agg(distinct c.place), array_agg(distinct c.job_day) into places, days
  from (
    select s.place, s.job_day, generate_series(1, s.cell_count)
    from (
      select x.place, x.job_day, x.cell_count
      from (
        select q.name, r.priority,
               coalesce('epoch'::timestamptz + p_low_us[(q.place - 1) * 4 + r.priority + 1] * interval '1 microsecond',
                        '-infinity') as low
        from unnest(p_queues) with ordinality q(name, place)
        cross join unnest(array[3, 2, 1, 0]::smallint[]) r(priority)
        where not exists (select from @assay_private@.queue p where p.name = q.name and p.paused)
        order by r.priority desc, random()) k
      cross join lateral (
        select t.ctid as place, t.job_day, t.cell_count from @assay_private@.share t
        where t.queue = k.name and t.priority = k.priority and t.state = 'ready' and t.crashes < 2
          and t.run_at <= p_now and t.run_at >= k.low
        order by t.run_at, t.id limit 1000 for update skip locked) x
      limit p_shares) s
    limit p_cells) c;
end $$;
