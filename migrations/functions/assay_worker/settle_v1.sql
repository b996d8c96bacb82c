-- settle_v2 without extras: what workers of before it call.
create or replace function @assay_worker@.settle_v1(
  p_worker text,
  r_shares bigint[], r_tokens bigint[], r_cells int[], r_seqs int[], r_verdicts text[], r_failures text[], r_scores float8[],
  r_requested_models text[], r_providers text[], r_served_models text[],
  r_finish_reasons text[], r_finish_reasons_raw text[], r_refusals text[], r_request_ids text[], r_service_tiers text[],
  r_fingerprints text[], r_texts text[], r_flags int[], r_costs bigint[],
  r_input bigint[], r_cached_read bigint[], r_cache_write_5m bigint[], r_cache_write_1h bigint[], r_output bigint[],
  r_reasoning bigint[], r_usage_sources text[], r_usage_raw text[], r_details text[],
  r_waited_us bigint[], r_provider_us bigint[], r_judging_us bigint[], r_overhead_us bigint[],
  e_shares bigint[], e_tokens bigint[], e_cells int[], e_seqs int[], e_failures text[], e_costs bigint[],
  e_input bigint[], e_cached_read bigint[], e_cache_write_5m bigint[], e_cache_write_1h bigint[], e_output bigint[],
  e_reasoning bigint[], e_usage_sources text[], e_usage_raw text[], e_details text[], e_statuses int[], e_request_ids text[],
  c_shares bigint[], c_tokens bigint[],
  out results boolean[], out ended boolean[], out closed boolean[])
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  select s.results, s.ended, s.closed into results, ended, closed
  from @assay_worker@.settle_v2(
    p_worker, r_shares, r_tokens, r_cells, r_seqs, r_verdicts, r_failures, r_scores, r_requested_models, r_providers,
    r_served_models, r_finish_reasons, r_finish_reasons_raw, r_refusals, r_request_ids, r_service_tiers,
    r_fingerprints, r_texts, r_flags, r_costs, r_input, r_cached_read, r_cache_write_5m, r_cache_write_1h, r_output,
    r_reasoning, r_usage_sources, r_usage_raw, r_details, r_waited_us, r_provider_us, r_judging_us, r_overhead_us,
    e_shares, e_tokens, e_cells, e_seqs, e_failures, e_costs, e_input, e_cached_read, e_cache_write_5m,
    e_cache_write_1h, e_output, e_reasoning, e_usage_sources, e_usage_raw, e_details, e_statuses, e_request_ids,
    c_shares, c_tokens, null, null) s;
end $$;
