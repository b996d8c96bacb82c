-- Locks the oldest due share whose holders died twice without finishing a cell, for one who will run it alone.
create or replace function @assay_private@.pick_suspect(p_queues text[], p_now timestamptz, out places tid[], out days date[])
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  select array_agg(s.place), array_agg(s.job_day) into places, days
  from (
    select t.ctid as place, t.job_day from @assay_private@.share t
    where t.state = 'ready' and t.crashes >= 2 and t.run_at <= p_now and t.queue = any(p_queues)
      and not exists (select from @assay_private@.queue p where p.name = t.queue and p.paused)
    order by t.run_at limit 1 for update of t skip locked) s;
end $$;
