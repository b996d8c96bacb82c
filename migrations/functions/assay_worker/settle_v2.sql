-- Writes results, ended calls and the ends of shares, in one transaction, fenced by the leases. Idempotent.
--
-- r_*: one element per result. r_seqs: the call that answered, 0 when none did. r_verdicts: pass|fail|error|unchecked;
--   r_failures: a failure kind, exactly with verdict error, else null. r_flags: 1 = text escaped, 2 = text truncated.
--   r_costs: nano-dollars of the answering call, null when unknown. Token classes: null = not sent. r_details: JSON text or null.
--   Times in microseconds.
-- e_*: one element per call that ended without a result. e_failures: a failure kind, or null when it answered.
--   e_costs null: the cost is not known; a capped job keeps the bound reserved.
-- c_*: shares that end here (their last write).
-- r_extras, e_extras: JSON text of what few answers have (migrations/tables/0005), null when there is nothing.
--
-- Returns one row: results[i], ended[i] and closed[i] are true when stored under the lease, now or by an earlier try, and false
--   when the lease is lost. A lost result is not written; its call is booked as an orphan with its cost. Ended calls are
--   always booked; ended[i] false says that it was late.
-- Raises ZA101 when a share is closed although cells have no result (the share stays), class 22 or 23 on a row that cannot be
--   stored: nothing of the batch is written; bisect.
-- Locks: shares in id order, then meters in job order.
create or replace function @assay_worker@.settle_v2(
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
  c_shares bigint[], c_tokens bigint[], r_extras text[], e_extras text[],
  out results boolean[], out ended boolean[], out closed boolean[])
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_results int := coalesce(cardinality(r_shares), 0);
  v_ended int := coalesce(cardinality(e_shares), 0);
  v_all_new boolean;           -- every result of the batch was written just now
  v_new_jobs bigint[];
  v_new_cells int[];
  v_booked @assay_private@.call_key[];
  v_gone bigint[] := '{}';     -- shares deleted here
  v_gone_cells bigint := 0;    -- cells of those whose jobs were ended from this batch alone
  v_rest @assay_private@.gone_share[];  -- shares deleted here whose jobs need a closer look
begin
  -- Ended calls, and ends of shares without a result in this batch: lock all shares of the batch first, in id order.
  if v_ended > 0 or not coalesce(c_shares, '{}') <@ coalesce(r_shares, '{}') then
    perform @assay_private@.lock_shares(r_shares || e_shares || c_shares, r_tokens || e_tokens || c_tokens, c_shares);
  end if;

  -- The fence: each share row is locked where the token still matches, for update when this is its last write.
  with put as (
    insert into @assay_private@.result (
      job_day, job_id, cell, seq, token, tenant, verdict, failure, score, requested_model, provider, served_model,
      finish_reason, finish_reason_raw, refusal, request_id, service_tier, fingerprint, response, text_escaped,
      text_truncated, cost_nanos, input, cached_read, cache_write_5m, cache_write_1h, output, reasoning, usage_source,
      usage_raw, details, waited_us, provider_us, judging_us, overhead_us, extras)
    select coalesce(f.job_day, l.job_day), d.share >> 20, d.cell, d.seq, d.token, coalesce(f.tenant, l.tenant),
           d.verdict::@assay_private@.verdict, d.failure::@assay_private@.failure_kind, d.score, d.requested_model, d.provider,
           nullif(d.served_model, d.requested_model), d.finish_reason, nullif(d.finish_reason_raw, d.finish_reason),
           d.refusal, d.request_id, d.service_tier, d.fingerprint, d.response, (d.flags & 1) <> 0, (d.flags & 2) <> 0, d.cost,
           d.input, d.cached_read, d.cache_write_5m, d.cache_write_1h, d.output, d.reasoning,
           d.usage_source::@assay_private@.usage_source, d.usage_raw, d.details::jsonb,
           least(d.waited_us, 2147483647), least(d.provider_us, 2147483647), least(d.judging_us, 2147483647),
           least(d.overhead_us, 2147483647), d.extras::jsonb
    from (
      -- Unnesting in the list, not in from, costs a quarter: no row is kept on the way.
      select u.*, u.share = any(c_shares) as closes
      from (
        select unnest(r_shares) as share, unnest(r_tokens) as token, unnest(r_cells) as cell, unnest(r_seqs) as seq,
               unnest(r_verdicts) as verdict, unnest(r_failures) as failure, unnest(r_scores) as score,
               unnest(r_requested_models) as requested_model, unnest(r_providers) as provider,
               unnest(r_served_models) as served_model, unnest(r_finish_reasons) as finish_reason,
               unnest(r_finish_reasons_raw) as finish_reason_raw, unnest(r_refusals) as refusal,
               unnest(r_request_ids) as request_id, unnest(r_service_tiers) as service_tier,
               unnest(r_fingerprints) as fingerprint, unnest(r_texts) as response, unnest(r_flags) as flags,
               unnest(r_costs) as cost, unnest(r_input) as input, unnest(r_cached_read) as cached_read,
               unnest(r_cache_write_5m) as cache_write_5m, unnest(r_cache_write_1h) as cache_write_1h,
               unnest(r_output) as output, unnest(r_reasoning) as reasoning, unnest(r_usage_sources) as usage_source,
               unnest(r_usage_raw) as usage_raw, unnest(r_details) as details, unnest(r_waited_us) as waited_us,
               unnest(r_provider_us) as provider_us, unnest(r_judging_us) as judging_us,
               unnest(r_overhead_us) as overhead_us, unnest(r_extras) as extras) u
      order by u.share, u.cell) d
    left join lateral (
      select t.job_day, t.tenant from @assay_private@.share t
      where d.closes and t.id = d.share and t.token = d.token and t.state = 'running'
        and d.cell >= t.first_cell and d.cell < t.first_cell + t.cell_count for update) f on true
    left join lateral (
      select t.job_day, t.tenant from @assay_private@.share t
      where d.closes is not true and t.id = d.share and t.token = d.token and t.state = 'running'
        and d.cell >= t.first_cell and d.cell < t.first_cell + t.cell_count for share) l on true
    where coalesce(f.job_day, l.job_day) is not null
    on conflict do nothing
    returning job_id, cell)
  select array_agg(put.job_id), array_agg(put.cell) into v_new_jobs, v_new_cells from put;

  v_all_new := coalesce(cardinality(v_new_jobs), 0) = v_results;
  if v_all_new then
    results := array_fill(true, array[v_results]);
  else
    results := @assay_private@.stored_results(r_shares, r_tokens, r_cells, r_seqs);
  end if;

  -- Calls without a result: those that ended so, and the answers of lost leases.
  if v_ended > 0 or not v_all_new then
    v_booked := @assay_private@.book_calls(
      p_worker, e_shares, e_tokens, e_cells, e_seqs, e_failures, e_costs, e_input, e_cached_read, e_cache_write_5m,
      e_cache_write_1h, e_output, e_reasoning, e_usage_sources, e_usage_raw, e_details, e_statuses, e_request_ids, e_extras,
      false)
    || @assay_private@.book_orphans(
      p_worker, results, r_shares, r_tokens, r_cells, r_seqs, r_verdicts, r_costs, r_input, r_cached_read, r_cache_write_5m,
      r_cache_write_1h, r_output, r_reasoning, r_usage_sources, r_usage_raw, r_request_ids, r_service_tiers, r_extras);
  end if;

  ended := '{}';
  if v_ended > 0 then
    ended := array(
      select not coalesce(b.late, true) from unnest(e_shares, e_cells, e_seqs) with ordinality e(share, cell, seq, place)
      left join lateral (
        select s.late from @assay_private@.job j
        cross join lateral (
          select t.late from @assay_private@.settlement t
          where t.job_day = j.day and t.job_id = j.id and t.cell = e.cell and t.seq = e.seq offset 0) s
        where j.id = e.share >> 20 offset 0) b on true
      order by e.place);
  end if;

  -- Ends of shares. A job of one share whose every cell was answered at the first call, all in this batch, ends from what the
  -- batch says; any other end reads the rows.
  if cardinality(c_shares) > 0 then
    with gone as (
      delete from @assay_private@.share t
      where t.ctid = any(array(  -- locked above, so the row stays where it is
        select h.ctid
        from unnest(c_shares, c_tokens) c(share, token)
        cross join lateral (
          select s.ctid from @assay_private@.share s
          where s.id = c.share and s.token = c.token and s.state = 'running' offset 0) h))
      returning t.id, t.job_id, t.job_day, t.tenant, t.token, t.first_cell, t.cell_count, t.solo, t.capped),
    batch as (
      select u.share, count(*) as cells, bool_and(u.seq = 1 and u.cost is not null) as plain, sum(u.cost) as cost,
             sum(coalesce(u.i, 0) + coalesce(u.cr, 0) + coalesce(u.c5, 0) + coalesce(u.c1, 0)) as prompt_tokens,
             sum(coalesce(u.o, 0) + coalesce(u.r, 0)) as answer_tokens,
             avg(u.score) filter (where u.verdict <> 'error') as score,
             count(*) filter (where u.verdict = 'pass') as passed, count(*) filter (where u.verdict = 'fail') as failed,
             count(*) filter (where u.verdict = 'error') as errors,
             count(*) filter (where u.verdict = 'unchecked') as unchecked
      from unnest(r_shares, r_seqs, r_verdicts, r_scores, r_costs, r_input, r_cached_read, r_cache_write_5m,
                  r_cache_write_1h, r_output, r_reasoning) u(share, seq, verdict, score, cost, i, cr, c5, c1, o, r)
      where v_all_new and v_ended = 0
      group by u.share),
    plain as (
      insert into @assay_private@.job_end (
        job_id, job_day, tenant, outcome, token, passed, failed, errors, unchecked, score, prompt_tokens, answer_tokens,
        cost_nanos, unknown_nanos, unpriced)
      select g.job_id, g.job_day, g.tenant, 'finished', g.token, b.passed, b.failed, b.errors, b.unchecked, b.score,
             b.prompt_tokens, b.answer_tokens, b.cost, 0, 0
      from gone g join batch b on b.share = g.id
      where g.solo and not g.capped and b.plain and b.cells = g.cell_count
      returning job_id)
    select array_agg(g.id), sum(g.cell_count) filter (where p.job_id is not null),
           array_agg((g.id, g.job_id, g.job_day, g.token, g.first_cell, g.cell_count, g.solo, g.capped)
                     ::@assay_private@.gone_share) filter (where p.job_id is null)
    into v_gone, v_gone_cells, v_rest
    from gone g left join plain p on p.job_id = g.job_id;
  end if;

  -- Jobs with a meter, and jobs that end here but not plainly.
  if v_gone_cells is distinct from v_results or v_rest is not null or v_booked is not null then
    perform @assay_private@.settle_meters(v_new_jobs, v_new_cells, v_booked, v_rest);
  end if;

  if coalesce(cardinality(c_shares), 0) = coalesce(cardinality(v_gone), 0) then
    closed := array_fill(true, array[coalesce(cardinality(c_shares), 0)]);
  else
    closed := array(
      select c.share = any(coalesce(v_gone, '{}')) or @assay_private@.ended_before(c.share, c.token)
      from unnest(c_shares, c_tokens) with ordinality c(share, token, place) order by c.place);
  end if;
end $$;
