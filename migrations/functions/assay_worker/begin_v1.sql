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
language plpgsql as $$ begin raise 'begin_v1: not written'; end $$;
