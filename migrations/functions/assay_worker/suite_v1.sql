-- The stored suite as JSON text; null when there is none of that id.
create or replace function @assay_worker@.suite_v1(p_suite bigint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  return (select content::text from @assay_private@.suite where id = p_suite);
end $$;
