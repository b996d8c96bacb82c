-- Locks the shares that are held under the given tokens, in id order: for update those in p_for_update, the others for share.
create or replace function @assay_private@.lock_shares(p_shares bigint[], p_tokens bigint[], p_for_update bigint[])
returns void
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  perform 1
  from (
    select distinct u.share, u.token, coalesce(u.share = any(p_for_update), false) as strong
    from unnest(p_shares, p_tokens) u(share, token) order by u.share) k
  left join lateral (
    select t.id from @assay_private@.share t
    where k.strong and t.id = k.share and t.token = k.token and t.state = 'running' for update) f on true
  left join lateral (
    select t.id from @assay_private@.share t
    where not k.strong and t.id = k.share and t.token = k.token and t.state = 'running' for share) l on true;
end $$;
