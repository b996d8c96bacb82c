-- For each result of a batch: whether it stands, written now or by an earlier try of the same settlement.
create or replace function @assay_private@.stored_results(p_shares bigint[], p_tokens bigint[], p_cells int[], p_seqs int[])
returns boolean[]
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
begin
  return array(
    select exists (
      select from @assay_private@.job j
      cross join lateral (
        select from @assay_private@.result r
        where r.job_day = j.day and r.job_id = j.id and r.cell = u.cell and r.token = u.token and r.seq = u.seq offset 0) r
      where j.id = u.share >> 20)
    from unnest(p_shares, p_tokens, p_cells, p_seqs) with ordinality u(share, token, cell, seq, place)
    order by u.place);
end $$;
