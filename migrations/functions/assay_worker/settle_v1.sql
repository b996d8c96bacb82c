-- Writes results, ended calls and the ends of shares, in one transaction, fenced by the leases. Idempotent.
--
-- r_*: one element per result. r_seqs: the call that answered, 0 when none did. r_verdicts: pass|fail|error|unchecked;
--   r_failures: a failure kind, exactly with verdict error, else null. r_flags: 1 = text escaped, 2 = text truncated.
--   r_costs: nano-dollars of the answering call, null when unknown. Token classes: null = not sent. r_details: JSON text or null.
--   Times in microseconds.
-- e_*: one element per call that ended without a result. e_failures: a failure kind, or null when it answered.
--   e_costs null: the cost is not known; a capped job keeps the bound reserved.
-- c_*: shares that end here (their last write).
--
-- Returns one row: results[i] and closed[i] are true when stored, now or by an earlier try, and false when the lease is lost.
--   A lost result is not written; its call is booked as an orphan with its cost. Ended calls are always booked.
-- Raises ZA101 when a share is closed although cells have no result (the share stays), class 22 or 23 on a row that cannot be
--   stored: nothing of the batch is written; bisect.
-- Locks: shares in id order, then meters in job order.
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
  out results boolean[], out closed boolean[])
language plpgsql as $$ begin raise 'settle_v1: not written'; end $$;
