-- A number that grows with every committed cancel, pause, resume, quarantine and priority change. When it moved, renew to learn what was lost.
create or replace function @assay_worker@.control_v1() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  return (select sum(version) from @assay_private@.control);
end $$;
