-- Claims due shares for one worker, most urgent and oldest first, skipping what others hold. One transaction, never waits.
--
-- p_shares, p_cells: at most this many shares; stops once their cells reach p_cells (the last share may pass it).
-- p_lease: the leases end at the database's clock + p_lease.
-- p_take_suspect: also take at most one suspect (a share whose holders died twice in a row), to be run alone.
-- p_low_us: low-water marks, or null for a full scan. Element (queue's place in p_queues - 1) * 4 + priority + 1 is the run_at
--   (microseconds since 1970) of the last share this process claimed there; shares below it are not looked at. A null element
--   means no mark. When nothing is found with marks, the whole index is scanned once before the answer is "nothing".
--   Late commits, rescued and returned shares lie below a mark: pass null once per sweep.
-- p_now is for tests; leave null in production.
--
-- One row per share, then always one last row with share_id null that carries next_due_ms.
--   done: cells of the share that have a result, ascending. prior_*: cells without a result that were called before, ascending:
--   the highest seq each has in the ledger, whether one of them has no known outcome, how many were not throttled. All read after the share was locked.
--   mark: the share's place in p_low_us; run_at_us: what to store there (rows of one place come in rising order).
--   next_due_ms: milliseconds until the next scheduled or throttled share falls due; null when there is none.
-- Raises ZA102 when a job's day has no partition: nothing is claimed.
create or replace function @assay_worker@.claim_v1(
  p_worker text, p_queues text[], p_shares int, p_cells int, p_lease interval,
  p_take_suspect boolean default false, p_low_us bigint[] default null, p_now timestamptz default null)
returns table (
  share_id bigint, token bigint, job_id bigint, job_day int, first_cell int, cell_count int, crashes int, suspect boolean,
  done int[], prior_cells int[], prior_calls int[], prior_unknown boolean[], prior_counted int[],
  tenant text, suite_id bigint, models text[], cases int, repeats int, only_cells int[], sampling text, capped boolean,
  traceparent text, mark int, run_at_us bigint, next_due_ms bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
#variable_conflict use_column
declare
  v_now timestamptz := coalesce(p_now, now());
  v_suspect record;
  v_pick record;
  v_places tid[] := '{}';
  v_days date[] := '{}';
  v_day date;
begin
  if p_take_suspect then
    v_suspect := @assay_private@.pick_suspect(p_queues, v_now);
    v_places := coalesce(v_suspect.places, '{}');
    v_days := coalesce(v_suspect.days, '{}');
  end if;

  v_pick := @assay_private@.pick_shares(p_queues, p_shares - cardinality(v_places), p_cells, p_low_us, v_now);
  if v_pick.places is null and p_low_us is not null then
    v_pick := @assay_private@.pick_shares(p_queues, p_shares - cardinality(v_places), p_cells, null, v_now);
  end if;
  if v_pick.places is null and @assay_private@.promote_due(100, v_now) > 0 then
    v_pick := @assay_private@.pick_shares(p_queues, p_shares - cardinality(v_places), p_cells, null, v_now);
  end if;
  v_places := v_places || coalesce(v_pick.places, '{}');
  v_days := v_days || coalesce(v_pick.days, '{}');

  foreach v_day in array v_days loop
    if not @assay_private@.has_partitions(v_day) then
      raise exception 'claims are stopped: % has no partitions', v_day
        using errcode = 'ZA102', hint = format('Run: select @assay_private@.ensure_partitions(0, %L)', v_day);
    end if;
  end loop;

  if cardinality(v_places) > 0 then
    return query
    with taken as (
      update @assay_private@.share s
      set state = 'running', token = s.token + 1, worker = p_worker, lease_until = v_now + p_lease, alone = false,
          reason = null
      where s.ctid = any(v_places)
      returning s.*)
    select u.id, u.token, u.job_id, u.job_day - date '1970-01-01', u.first_cell, u.cell_count, u.crashes::int,
           u.crashes >= 2, (u.progress).done, (u.progress).prior_cells, (u.progress).prior_calls, (u.progress).prior_unknown,
           (u.progress).prior_counted,
           u.tenant, j.suite_id, j.models, j.cases, j.repeats, j.only_cells, j.sampling::text, u.capped, j.traceparent,
           ((array_position(p_queues, u.queue) - 1) * 4 + u.priority + 1)::int,
           (extract(epoch from u.run_at) * 1000000)::bigint, null::bigint
    from (
      select t.*, case when t.token > 1 then
               @assay_private@.progress_of(t.job_day, t.job_id, t.first_cell, t.cell_count) end as progress
      from taken t offset 0) u
    cross join lateral (select * from @assay_private@.job where id = u.job_id offset 0) j
    order by u.priority desc, u.run_at, u.id;
  end if;

  next_due_ms := (
    select greatest(0, ceil(extract(epoch from t.run_at - v_now) * 1000))::bigint from @assay_private@.share t
    where t.state in ('scheduled', 'throttled') order by t.run_at limit 1);
  return next;
end $$;
