-- The slow half of begin_v1: answers every call of a batch, after those of uncapped shares were inserted.
--
-- Capped jobs: their meters are locked in job order, then each call of theirs takes its bound from what is left, in the order
-- given; one that does not fit is refused and the next may still fit. The ledger row and the reservation are one transaction.
create or replace function @assay_private@.reserve(
  p_worker text, p_shares bigint[], p_tokens bigint[], p_cells int[], p_seqs int[], p_purposes text[],
  p_providers text[], p_models text[], p_hashes bytea[], p_prices text[], p_bounds bigint[],
  p_price_texts text[], p_price_ids int[])
returns text[]
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_answers text[] := array_fill('lost'::text, array[cardinality(p_shares)]);
  v_held bigint[];
  v_taken boolean[] := array_fill(false, array[cardinality(p_shares)]);
  v_job bigint;
  v_room numeric;
  v_reserved bigint;
  d record;
begin
  v_held := array(
    select k.share
    from (select distinct u.share, u.token from unnest(p_shares, p_tokens) u(share, token) order by u.share) k
    cross join lateral (
      select from @assay_private@.share t
      where t.id = k.share and t.token = k.token and t.state = 'running' and t.capped for share) h);
  perform 1 from @assay_private@.job_meter m
  where m.job_id = any(array(select h >> 20 from unnest(v_held) h)) order by m.job_id for update;

  for d in
    select u.place, u.token, u.bound, t.job_id, t.capped, c.token as begun,
           case when not m.frozen then m.max_cost_nanos::numeric - m.settled_nanos - m.reserved_nanos else -1 end as room
    from unnest(p_shares, p_tokens, p_cells, p_seqs, p_bounds) with ordinality u(share, token, cell, seq, bound, place)
    cross join lateral (
      select s.job_id, s.job_day, s.capped from @assay_private@.share s
      where s.id = u.share and s.token = u.token and s.state = 'running' offset 0) t
    left join lateral (
      select k.token from @assay_private@.call k
      where k.job_day = t.job_day and k.job_id = t.job_id and k.cell = u.cell and k.seq = u.seq offset 0) c on true
    left join lateral (select * from @assay_private@.job_meter n where n.job_id = t.job_id and t.capped offset 0) m on true
    order by t.job_id, u.place
  loop
    if d.job_id is distinct from v_job then
      v_job := d.job_id;
      v_room := d.room;
    end if;
    if d.begun is not null then
      -- Inserted just now, or by an earlier try of this very intent; anybody else's row refuses.
      v_answers[d.place] := case when d.begun = d.token then 'granted' else 'lost' end;
    elsif d.capped and d.bound is null then
      v_answers[d.place] := 'unknown_price';
    elsif d.capped and (d.bound < 0 or d.bound > v_room) then
      v_answers[d.place] := 'over_budget';
    elsif d.capped then
      v_room := v_room - d.bound;
      v_taken[d.place] := true;
      v_answers[d.place] := 'granted';
    end if;
  end loop;

  if true = any(v_taken) then
    insert into @assay_private@.call (job_day, job_id, cell, seq, token, bound_nanos, price_id, purpose, tenant, worker,
                                      provider, model, request_hash)
    select t.job_day, t.job_id, g.cell, g.seq, g.token, g.bound, p_price_ids[array_position(p_price_texts, g.price)],
           g.purpose::@assay_private@.purpose, t.tenant, p_worker, g.provider, g.model, g.hash
    from unnest(v_taken, p_shares, p_tokens, p_cells, p_seqs, p_purposes, p_providers, p_models, p_hashes, p_prices, p_bounds)
      g(taken, share, token, cell, seq, purpose, provider, model, hash, price, bound)
    cross join lateral (
      select s.job_id, s.job_day, s.tenant from @assay_private@.share s where s.id = g.share offset 0) t
    where g.taken;

    for v_job, v_reserved in
      select g.share >> 20, sum(g.bound) from unnest(v_taken, p_shares, p_bounds) g(taken, share, bound)
      where g.taken group by 1 order by 1
    loop
      update @assay_private@.job_meter set reserved_nanos = reserved_nanos + v_reserved where job_id = v_job;
    end loop;
  end if;
  return v_answers;
end $$;
