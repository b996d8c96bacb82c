-- Hands shares back unfinished, using no attempt. p_wake_ms > 0: throttled until the database's clock + p_wake_ms; 0: ready at
-- once. p_reasons: shown to people. Returns one element per share: false when the lease is lost. Locks shares in id order.
create or replace function @assay_worker@.release_v1(p_shares bigint[], p_tokens bigint[], p_wake_ms bigint[], p_reasons text[])
returns boolean[]
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_released bigint[];
  v_released_tokens bigint[];
begin
  select array_agg(t.id), array_agg(t.token) into v_released, v_released_tokens
  from (select distinct u.share, u.token from unnest(p_shares, p_tokens) u(share, token) order by u.share) k
  cross join lateral (
    select s.id, s.token from @assay_private@.share s
    where s.id = k.share and s.token = k.token and s.state = 'running' for update) t;

  update @assay_private@.share s
  set state = case when k.wake_ms > 0 then 'throttled' else 'ready' end::@assay_private@.share_state,
      run_at = case when k.wake_ms > 0 then now() + k.wake_ms * interval '1 millisecond' else s.run_at end,
      worker = null, lease_until = null, alone = false, reason = k.reason
  from unnest(p_shares, p_tokens, p_wake_ms, p_reasons) k(share, token, wake_ms, reason)
  where s.id = any(v_released) and s.id = k.share and s.token = k.token;

  if cardinality(v_released) > 0 then
    perform pg_notify('@assay@_wake', '');
  end if;
  return array(
    select coalesce((k.share, k.token) in (select * from unnest(v_released, v_released_tokens)), false)
    from unnest(p_shares, p_tokens) with ordinality k(share, token, place) order by k.place);
end $$;
