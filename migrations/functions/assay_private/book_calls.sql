-- Books calls that ended without a result, each once. Late when the lease under which they were made is not held any more
-- (or p_late says so). The job's day and tenant come from the job. Returns those that were not booked before.
create or replace function @assay_private@.book_calls(
  p_worker text, e_shares bigint[], e_tokens bigint[], e_cells int[], e_seqs int[], e_failures text[], e_costs bigint[],
  e_input bigint[], e_cached_read bigint[], e_cache_write_5m bigint[], e_cache_write_1h bigint[], e_output bigint[],
  e_reasoning bigint[], e_usage_sources text[], e_usage_raw text[], e_details text[], e_statuses int[], e_request_ids text[],
  e_extras text[], p_late boolean)
returns @assay_private@.call_key[]
language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_booked @assay_private@.call_key[];
begin
  with put as (
    insert into @assay_private@.settlement (
      job_day, job_id, cell, seq, token, tenant, worker, failure, late, cost_nanos, input, cached_read, cache_write_5m,
      cache_write_1h, output, reasoning, usage_source, usage_raw, detail, status, request_id, extras)
    select j.day, j.id, d.cell, d.seq, d.token, j.tenant, p_worker, d.failure::@assay_private@.failure_kind,
           p_late or h.id is null, d.cost, d.input, d.cached_read, d.cache_write_5m, d.cache_write_1h, d.output, d.reasoning,
           coalesce(d.usage_source, 'none')::@assay_private@.usage_source, d.usage_raw, d.detail, coalesce(d.status, 0),
           d.request_id, d.extras::jsonb
    from (
      select * from unnest(
        e_shares, e_tokens, e_cells, e_seqs, e_failures, e_costs, e_input, e_cached_read, e_cache_write_5m,
        e_cache_write_1h, e_output, e_reasoning, e_usage_sources, e_usage_raw, e_details, e_statuses, e_request_ids, e_extras)
        u(share, token, cell, seq, failure, cost, input, cached_read, cache_write_5m, cache_write_1h, output, reasoning,
          usage_source, usage_raw, detail, status, request_id, extras)
      order by u.share, u.cell, u.seq) d
    cross join lateral (select k.id, k.day, k.tenant from @assay_private@.job k where k.id = d.share >> 20 offset 0) j
    left join lateral (
      select t.id from @assay_private@.share t
      where t.id = d.share and t.token = d.token and t.state = 'running' offset 0) h on true
    on conflict do nothing
    returning job_id, job_day, cell, seq)
  select array_agg((put.job_id, put.job_day, put.cell, put.seq)::@assay_private@.call_key) into v_booked from put;
  return v_booked;
end $$;
