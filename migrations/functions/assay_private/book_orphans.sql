-- Books the calls behind results that were not stored because the lease was lost: the answer is dropped, its money is not. Of
-- its extras those are kept that say what it cost.
create or replace function @assay_private@.book_orphans(
  p_worker text, p_stored boolean[], r_shares bigint[], r_tokens bigint[], r_cells int[], r_seqs int[], r_verdicts text[],
  r_costs bigint[], r_input bigint[], r_cached_read bigint[], r_cache_write_5m bigint[], r_cache_write_1h bigint[],
  r_output bigint[], r_reasoning bigint[], r_usage_sources text[], r_usage_raw text[], r_request_ids text[],
  r_service_tiers text[], r_extras text[])
returns @assay_private@.call_key[]
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_booked @assay_private@.call_key[];
begin
  select @assay_private@.book_calls(
           p_worker, array_agg(share), array_agg(token), array_agg(cell), array_agg(seq), array_agg(null::text),
           array_agg(cost), array_agg(i), array_agg(cr), array_agg(c5), array_agg(c1), array_agg(o), array_agg(r),
           array_agg(source), array_agg(raw), array_agg('answer of a lost lease, verdict ' || verdict),
           array_agg(0), array_agg(request),
           array_agg(nullif(jsonb_strip_nulls(jsonb_build_object(
             'service_tier', tier, 'reported_cost_nanos', extras -> 'reported_cost_nanos',
             'cost_is_reported', extras -> 'cost_is_reported')), '{}')::text), true)
  into v_booked
  from (
    select u.*, u.extras_text::jsonb as extras
    from unnest(p_stored, r_shares, r_tokens, r_cells, r_seqs, r_verdicts, r_costs, r_input, r_cached_read, r_cache_write_5m,
                r_cache_write_1h, r_output, r_reasoning, r_usage_sources, r_usage_raw, r_request_ids, r_service_tiers, r_extras)
      u(stored, share, token, cell, seq, verdict, cost, i, cr, c5, c1, o, r, source, raw, request, tier, extras_text)
    where not u.stored and u.seq > 0) d;
  return v_booked;
end $$;
