-- Renews leases to the database's clock + p_lease and marks the worker as alive. Returns the ids of the shares that are still
-- held; the rest is lost. HOT: no index entry is written. Locks shares in id order.
create or replace function @assay_worker@.renew_v1(p_worker text, p_shares bigint[], p_tokens bigint[], p_lease interval)
returns bigint[]
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_kept bigint[];
begin
  with kept as (
    update @assay_private@.share set lease_until = now() + p_lease
    where id = any(array(
      select t.id
      from (select u.share, u.token from unnest(p_shares, p_tokens) u(share, token) order by u.share) k
      cross join lateral (
        select s.id from @assay_private@.share s
        where s.id = k.share and s.token = k.token and s.state = 'running' for no key update) t))
    returning id)
  select array_agg(id) into v_kept from kept;
  update @assay_private@.worker set last_seen = now() where id = p_worker;
  return coalesce(v_kept, '{}');
end $$;
