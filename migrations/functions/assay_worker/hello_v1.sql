-- Registers a worker process, or refreshes its row. p_worker is unique per process start.
create or replace function @assay_worker@.hello_v1(
  p_worker text, p_host text, p_pid int, p_version text, p_slots int, p_queues text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  insert into @assay_private@.worker (id, host, pid, version, slots, queues, state)
  values (p_worker, p_host, p_pid, p_version, p_slots, p_queues, 'running')
  on conflict (id) do update
  set host = excluded.host, pid = excluded.pid, version = excluded.version, slots = excluded.slots, queues = excluded.queues,
      state = 'running', last_seen = now();
  delete from @assay_private@.worker where last_seen < now() - interval '7 days';
end $$;
