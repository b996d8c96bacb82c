-- Says that a worker process stops: p_state `draining` while it finishes, `stopped` as its last word.
create or replace function @assay_worker@.bye_v1(p_worker text, p_state text default 'stopped') returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  update @assay_private@.worker set state = p_state, last_seen = now() where id = p_worker;
end $$;
