-- Marks a suspect as running alone: from here on the death of its holder counts towards quarantine. False: the lease is lost.
create or replace function @assay_worker@.run_alone_v1(p_share bigint, p_token bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  update @assay_private@.share set alone = true where id = p_share and token = p_token and state = 'running';
  return found;
end $$;
