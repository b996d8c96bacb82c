-- Makes up to p_limit due scheduled and throttled shares ready, earliest first. Returns how many.
create or replace function @assay_private@.promote_due(p_limit int, p_now timestamptz) returns int
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_promoted int;
begin
  update @assay_private@.share set state = 'ready'
  where id = any(array(
    select id from @assay_private@.share
    where state in ('scheduled', 'throttled') and run_at <= p_now
    order by run_at limit p_limit for update skip locked));
  get diagnostics v_promoted = row_count;
  return v_promoted;
end $$;
