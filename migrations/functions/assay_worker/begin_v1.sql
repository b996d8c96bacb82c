-- Writes the ledger rows of calls that are about to start, and reserves their bounds. Only `granted` may open a socket.
--
-- All arrays have one element per call. The job and its day follow from the share. p_hashes: 16 bytes or null. p_prices: JSON
-- text of the price snapshot, null when unknown. p_bounds: nano-dollars, null when the price is unknown.
-- Answers, one per call in the order given: granted | over_budget | unknown_price | lost.
-- Idempotent: an intent sent again (same share, token, cell, seq) is granted again and reserved once.
-- Locks: shares in id order (for share), then meters of capped jobs in job order. Raises class 22 on values that cannot be
-- stored; bisect.
create or replace function @assay_worker@.begin_v1(
  p_worker text, p_shares bigint[], p_tokens bigint[], p_cells int[], p_seqs int[], p_purposes text[],
  p_providers text[], p_models text[], p_hashes bytea[], p_prices text[], p_bounds bigint[])
returns text[]
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_calls int := coalesce(cardinality(p_shares), 0);
  v_price_texts text[];
  v_price_ids int[];
  v_granted int;
  v_answers text[];
begin
  select texts, ids into v_price_texts, v_price_ids from @assay_private@.price_ids(p_prices);

  -- The fence: each share row is locked, in id order, where the token still matches.
  insert into @assay_private@.call (job_day, job_id, cell, seq, token, bound_nanos, price_id, purpose, tenant, worker,
                                    provider, model, request_hash)
  select h.job_day, h.job_id, d.cell, d.seq, d.token, d.bound, v_price_ids[array_position(v_price_texts, d.price)],
         d.purpose::@assay_private@.purpose, h.tenant, p_worker, d.provider, d.model, d.hash
  from (
    select * from (
      select unnest(p_shares) as share, unnest(p_tokens) as token, unnest(p_cells) as cell, unnest(p_seqs) as seq,
             unnest(p_purposes) as purpose, unnest(p_providers) as provider, unnest(p_models) as model, unnest(p_hashes) as hash,
             unnest(p_prices) as price, unnest(p_bounds) as bound) u
    order by u.share, u.cell, u.seq) d
  cross join lateral (
    select t.job_day, t.job_id, t.tenant, t.capped from @assay_private@.share t
    where t.id = d.share and t.token = d.token and t.state = 'running' for share) h
  where not h.capped
  on conflict do nothing;
  get diagnostics v_granted = row_count;
  if v_granted = v_calls then
    return array_fill('granted'::text, array[v_calls]);
  end if;

  -- Some are capped, lost, or sent again: go through them one by one.
  v_answers := @assay_private@.reserve(p_worker, p_shares, p_tokens, p_cells, p_seqs, p_purposes, p_providers, p_models,
                                       p_hashes, p_prices, p_bounds, v_price_texts, v_price_ids);
  return v_answers;
end $$;
