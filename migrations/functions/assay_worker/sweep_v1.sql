-- One pass of upkeep, by any worker on a timer, bounded by p_limit shares of each kind. Idempotent; never waits for a share.
-- Expired leases go back to ready under a new token; due scheduled and throttled shares become ready; partitions are made ahead.
-- A holder's death counts as a crash, the first again if it finished a cell; the p_quarantine_after-th death in a row while
-- alone ends the job as quarantined. p_now is for tests; leave null in production.
create or replace function @assay_worker@.sweep_v1(
  p_limit int default 1000, p_quarantine_after int default 3, p_now timestamptz default null,
  out rescued int, out promoted int, out quarantined int)
language plpgsql security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_bitmapscan = off set jit = off as $$
declare
  v_now timestamptz := coalesce(p_now, now());
  v_dead bigint[];
  v_spared bigint[] := '{}';
  d record;
begin
  perform @assay_private@.ensure_partitions();

  v_dead := array(
    select s.id from @assay_private@.share s
    where s.state = 'running' and s.lease_until < v_now
    order by s.id limit p_limit for update skip locked);

  -- Deaths of suspects that ran alone: the last straw ends the job, when nobody else holds any of its shares' rows just now.
  quarantined := 0;
  for d in
    select s.id, s.job_id, s.alone_crashes + 1 as crashes from @assay_private@.share s
    where s.id = any(v_dead) and s.alone and s.alone_crashes + 1 >= p_quarantine_after
      and not @assay_private@.finished_a_cell(s.id)
    order by s.id
  loop
    if @assay_private@.quarantine_job(d.job_id, format('its worker died %s times in a row while it ran alone', d.crashes)) then
      quarantined := quarantined + 1;
    else
      v_spared := v_spared || d.id;
    end if;
  end loop;

  with r as (
    select s.id as share, @assay_private@.finished_a_cell(s.id) as progress from @assay_private@.share s
    where s.id = any(v_dead) and s.id <> all(v_spared))
  update @assay_private@.share s
  set state = 'ready', token = s.token + 1, worker = null, lease_until = null, alone = false,
      crashes = case when r.progress then 1 else least(s.crashes + 1, 32000) end,
      alone_crashes = case when r.progress then 0 when s.alone then least(s.alone_crashes + 1, 32000) else s.alone_crashes end,
      reason = 'rescued from ' || s.worker
  from r
  where s.id = any(v_dead) and s.id = r.share;
  get diagnostics rescued = row_count;

  promoted := @assay_private@.promote_due(p_limit, v_now);
  if rescued > 0 or promoted > 0 then
    perform pg_notify('@assay@_wake', '');
  end if;
end $$;
